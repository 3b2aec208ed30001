"""Linear models on a cluster, here of one machine."""

import numpy as np
from pyspark.ml.classification import LogisticRegression
from pyspark.ml.linalg import Vectors
from pyspark.ml.regression import LinearRegression
from pyspark.sql import SparkSession

from measurements.measuring import Row

LIBRARY = "Apache Spark"
REQUIREMENTS = ["pyspark==4.3.0", "numpy"]
NEEDS = ["java"]

session = (
    SparkSession.builder.master("local[1]")
    .config("spark.ui.enabled", "false")
    .config("spark.sql.shuffle.partitions", "1")
    .config("spark.driver.bindAddress", "127.0.0.1")
    .config("spark.driver.host", "127.0.0.1")
    .getOrCreate()
)
session.sparkContext.setLogLevel("OFF")


def frame(X, y):
    return session.createDataFrame(
        [(Vectors.dense(row), float(t)) for row, t in zip(X.tolist(), y)], ["features", "label"]
    )


def fitted(estimator, **settings):
    def fit(X, y, regParam, elasticNetParam=0.0):
        model = estimator(regParam=regParam, elasticNetParam=elasticNetParam, maxIter=1000, tol=1e-14, **settings).fit(
            frame(X, y)
        )
        w = model.coefficients.toArray()
        return np.array(w), float(model.intercept)

    return fit


MIXED = ({"regParam": 0.3, "elasticNetParam": 0.5}, {"regParam": 0.1, "elasticNetParam": 0.0})
ROWS = [
    Row(
        "spark-linear-normal",
        "LinearRegression(regParam, elasticNetParam, solver='normal')",
        fitted(LinearRegression, solver="normal"),
        MIXED,
        "spark.normal",
        near=1e-3,
        default="regParam=0.0, elasticNetParam=0.0",
        depends="the standard deviation of y; standardization=False leaves the features alone",
    ),
    Row(
        "spark-linear-lbfgs",
        "LinearRegression(regParam, elasticNetParam, solver='l-bfgs')",
        fitted(LinearRegression, solver="l-bfgs"),
        MIXED,
        "spark.lbfgs",
        near=1e-3,
        default="regParam=0.0, elasticNetParam=0.0",
        depends="the solver: this one divides by n - 1 in the standard deviations",
    ),
    Row(
        "spark-logistic",
        "LogisticRegression(regParam, elasticNetParam)",
        fitted(LogisticRegression),
        ({"regParam": 0.05, "elasticNetParam": 0.5}, {"regParam": 0.1, "elasticNetParam": 0.0}),
        "spark.logistic",
        loss="logistic",
        near=1e-3,
        default="regParam=0.0, elasticNetParam=0.0",
    ),
]
