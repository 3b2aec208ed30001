#!/bin/sh
# Matplotlib: what kind of fonts EPS files shall have decides whether a PDF with a Greek letter can be written, and how often it has each font.
#
# Guess, before running: pdf.fonttype says how fonts are put into a PDF, ps.fonttype how into PostScript. Whoever writes PDFs alone may leave
# ps.fonttype as it is or set it, and gets the same files. pdf.fonttype: 42 alone, as publishers ask for it, gives each font once.
# Seen: with ps.fonttype: 42 and pdf.fonttype at its default of 3, savefig of a PDF whose axis is called "strength λ" raises ValueError, "bytes must be in
# range(0, 256)", and leaves half a file; "strength" alone is written. With pdf.fonttype: 42 alone the PDF has the font twice, once for the
# letters up to ÿ and once for λ, and is half as large again as with both at 42.
# The PDF backend parts the characters of a font by what ps.fonttype allows for (256 in a font of Type 3, 65,536 in one of Type 42), and writes them by
# pdf.fonttype. It is so since fonts are tracked in parts, with 3.11.0; in 3.10.9 all four combinations are written.
# Where it matters: a style for a journal that wants EPS with Type 42, used for one more PDF.
#
# Matplotlib 3.11.2, NumPy 2.4.6. Exit status 0: still so. 1: it changed. 2: it could not be run.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv" || exit 2
"$folder/venv/bin/python" -m pip install -q --no-compile --disable-pip-version-check \
    matplotlib==3.11.2 numpy==2.4.6 || exit 2
"$folder/venv/bin/python" - <<'PYTHON'
import io

import matplotlib
from matplotlib.figure import Figure


def written(pdf, ps, label):
    """The size of a PDF and how many fonts it brings, or what savefig raises."""
    with matplotlib.rc_context({"pdf.fonttype": pdf, "ps.fonttype": ps}):
        figure, file = Figure(), io.BytesIO()
        figure.subplots().set_xlabel(label)
        try:
            figure.savefig(file, format="pdf")
        except ValueError as error:
            return str(error)
    content = file.getvalue()
    return len(content), content.count(b"/Type /FontDescriptor")


print("Matplotlib", matplotlib.__version__)
seen = {}
for label in ("strength", "strength λ"):
    for pdf in (3, 42):
        for ps in (3, 42):
            seen[label, pdf, ps] = written(pdf, ps, label)
            print(f"{label!r}, pdf.fonttype {pdf}, ps.fonttype {ps}: {seen[label, pdf, ps]}")
greek = {key[1:]: value for key, value in seen.items() if key[0] == "strength λ"}
latin = {key[1:]: value for key, value in seen.items() if key[0] == "strength"}
still = (
    matplotlib.__version__ == "3.11.2"
    and greek[3, 42] == "bytes must be in range(0, 256)"
    and all(isinstance(value, tuple) for value in latin.values())
    and latin[3, 3] == latin[3, 42] and latin[42, 3] == latin[42, 42]
    and greek[42, 3][1] == 2 and greek[42, 42][1] == 1
    and greek[42, 3][0] > 1.3 * greek[42, 42][0]
)
print("as seen" if still else "not as seen")
raise SystemExit(not still)
PYTHON
