"""What a strength of ours is called in the calls that readers know."""

from shrinkage import translate

# By the words of the page: the convention, and the parameters of a call whose strength is one.
CALLS = {
    "scikit-learn Lasso: alpha": ("sklearn.Lasso", {"alpha": 1.0}),
    "scikit-learn Ridge: alpha": ("sklearn.Ridge", {"alpha": 1.0}),
    "glmnet, alpha = 1: lambda": ("glmnet.string", {"lambda_": 1.0, "alpha": 1.0}),
    "glmnet, alpha = 0: lambda": ("glmnet.string", {"lambda_": 1.0, "alpha": 0.0}),
    "PyTorch SGD, bias apart: weight_decay": ("torch.weight_decay", {"weight_decay": 1.0}),
}


def elsewhere(n_samples: int, sd_y: float) -> list[dict]:
    """By call its name, and the factor by which a strength there is multiplied to give ours; for standardised features."""
    context = {"n_samples": n_samples, "sd_y": sd_y, "sd_x": 1.0}
    return [
        # One of the two strengths is 0.
        {"name": name, "factor": sum(translate(convention, "shrinkage", strengths, context).values())}
        for name, (convention, strengths) in CALLS.items()
    ]
