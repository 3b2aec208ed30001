"""How often is each feature chosen? The lasso and the elastic net on many resamples of the same patients.

The diabetes data (Efron, Hastie, Johnstone and Tibshirani 2004), standardised. Each resample draws as many patients as there are,
with replacement. A mark says in which share of the resamples the feature has a weight that is not 0: circles for L1 alone,
diamonds for L1 and squared L2 together.
"""

import numpy as np

from figpress import run_script
from figures import given
from figures._diabetes import diabetes
from figures._marks import L1_MARK, THIRD_MARK
from figures._texts import number
from shrinkage import bootstrap_elastic_net, lasso, standardise

SIZE = (5.6, 4.3)
KINDS = ("lasso", "net")
MARK_SIZES = {"lasso": 6, "net": 10.5}
# Two blood values that rise and fall together, and two that do the opposite.
PAIRS = (("tc", "ldl"), ("hdl", "tch"))


def data() -> dict:
    """In which resamples each feature is chosen, by both."""
    table = diabetes()
    Z = standardise(table["X"])[0]
    chosen = {
        kind: bootstrap_elastic_net(
            Z, table["y"], given.RESAMPLES_LAM_L1, lam_l2, given.RESAMPLES, given.RESAMPLES_SEED
        )
        != 0
        for kind, lam_l2 in (("lasso", 0.0), ("net", given.RESAMPLES_LAM_L2))
    }
    return {
        "names": table["names"],
        "correlations": np.corrcoef(Z.T),
        "whole": lasso(Z, table["y"], given.RESAMPLES_LAM_L1).w != 0,
        **{f"{kind}_chosen": chosen[kind] for kind in KINDS},
        **{f"{kind}_share": chosen[kind].mean(axis=0) for kind in KINDS},
    }


def facts(data: dict) -> dict:
    """How often pairs are split, how many different choices there are, and how many features are in every one."""
    names, found = data["names"], {"n_resamples": given.RESAMPLES, "n_features": len(data["names"])}
    for one, other in PAIRS:
        i, j = names.index(one), names.index(other)
        found[f"{one}_{other}"] = float(data["correlations"][i, j])
        for kind in KINDS:
            chosen = data[f"{kind}_chosen"]
            found[f"{kind}_{one}"], found[f"{kind}_{other}"] = (float(chosen[:, k].mean()) for k in (i, j))
            found[f"{kind}_both_{one}_{other}"] = float((chosen[:, i] & chosen[:, j]).mean())
            found[f"{kind}_one_of_{one}_{other}"] = float((chosen[:, i] ^ chosen[:, j]).mean())
    for kind in KINDS:
        rows, counts = np.unique(data[f"{kind}_chosen"], axis=0, return_counts=True)
        found[f"{kind}_choices"] = len(rows)
        found[f"{kind}_commonest"] = float(counts.max() / given.RESAMPLES)
        found[f"{kind}_always"] = int(np.sum(data[f"{kind}_share"] == 1))
    found["whole_n"] = int(data["whole"].sum())
    found["whole_again"] = float((data["lasso_chosen"] == data["whole"]).all(axis=1).mean())
    return found


def draw(figure, data: dict) -> None:
    """A row for each feature."""
    axes = figure.subplots()
    axes.set_label("shares")
    rows = np.arange(len(data["names"]))
    axes.set(
        xlim=(-0.03, 1.03),
        ylim=(len(rows) - 0.4, -1.5),
        xlabel="share of the resamples that choose it",
    )
    axes.set_xticks((0, 0.5, 1), ("0", "half", "all"))
    axes.set_yticks(rows, data["names"])
    axes.tick_params(left=False)
    axes.spines["left"].set_visible(False)
    axes.hlines(rows, 0, 1, color="grid", linewidth=0.8, zorder=0.5)
    for j in rows:
        # What lies between both is the difference that squared L2 makes.
        axes.plot(
            [data["lasso_share"][j], data["net_share"][j]],
            [j, j],
            color="muted",
            linewidth=1.1,
            zorder=1,
            gid=f"gap_{j}",
        )
    for kind, look in (("net", THIRD_MARK), ("lasso", L1_MARK)):
        axes.plot(
            data[f"{kind}_share"],
            rows,
            **look,
            # Where both are at one place, the small one lies on the large one, and both are seen.
            markersize=MARK_SIZES[kind],
            markeredgecolor="paper",
            gid=kind,
        )
    for x, kind, look, words in ((0.02, "lasso", L1_MARK, "L1 alone"), (0.36, "net", THIRD_MARK, "with squared L2")):
        axes.plot(x, -1, **look, markersize=MARK_SIZES[kind], clip_on=False)
        axes.text(x + 0.03, -1, words, color=look["color"], va="center")


def describe(data: dict, facts: dict) -> str:
    """Alt text."""
    shares = [
        f"{name} {number(100 * lasso, 3)}% and {number(100 * net, 3)}%"
        for name, lasso, net in zip(data["names"], data["lasso_share"], data["net_share"], strict=True)
    ]
    return (
        f"For each of {facts['n_features']} features, in which share of {facts['n_resamples']} resamples it is chosen, by L1 alone and by L1 "
        f"with squared L2: {', '.join(shares)}."
    )


run_script(__name__)
