"""The group lasso: one norm for each group. Groups of one weight make it the lasso."""

import numpy as np
from group_lasso import GroupLasso

from measurements.measuring import Row

LIBRARY = "group-lasso"
# Its last version is of 2021; scikit-learn must be of that time to let it in.
REQUIREMENTS = ["group-lasso==1.5.0", "scikit-learn<1.6", "setuptools<80"]


def model(**settings):
    return GroupLasso(
        groups=np.arange(6),
        scale_reg="none",
        n_iter=100_000,
        tol=1e-12,
        supress_warning=True,
        random_state=0,
        **settings,
    )


def fit(X, y, reg):
    fitted = model(group_reg=reg, l1_reg=0.0).fit(X, y)
    return np.ravel(fitted.coef_), float(np.ravel(fitted.intercept_)[0])


def fit_l1(X, y, reg):
    fitted = model(group_reg=0.0, l1_reg=reg).fit(X, y)
    return np.ravel(fitted.coef_), float(np.ravel(fitted.intercept_)[0])


A = ({"reg": 0.3}, {"reg": 0.1})
ROWS = [
    Row(
        "group-lasso",
        "GroupLasso(group_reg=reg, l1_reg=0, scale_reg='none'), groups of one",
        fit,
        A,
        "group_lasso",
        near=1e-3,
        default="group_reg=0.05",
    ),
    Row(
        "group-lasso-l1",
        "GroupLasso(group_reg=0, l1_reg=reg)",
        fit_l1,
        A,
        "group_lasso",
        near=1e-3,
        default="l1_reg=0.05",
    ),
]
