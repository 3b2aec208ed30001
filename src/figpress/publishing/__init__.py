"""What a site has beside the text of its pages, whatever builds them."""
