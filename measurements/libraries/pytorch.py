"""Optimisers' weight_decay, beside the mean squared error of one linear layer."""

import numpy as np
import torch

from measurements.measuring import Finding, Row, problem

LIBRARY = "PyTorch"
REQUIREMENTS = ["torch==2.13.0", "numpy"]

optim = torch.optim
torch.set_num_threads(1)
torch.set_default_dtype(torch.float64)


def trained(optimiser, X, y, steps=2500, batch_size=None, groups=False, l1=0.0, l2=0.0, clip=None, **settings):
    """(w, b) of a linear layer after training, the step size falling to nothing at the end."""
    X, y = torch.tensor(X), torch.tensor(y)
    w = torch.zeros(X.shape[1], requires_grad=True)
    b = torch.zeros(1, requires_grad=True)
    lr = settings.pop("lr")
    parameters = [w, b]
    if groups:
        parameters = [{"params": [w]}, {"params": [b], "weight_decay": 0.0}]
    optimiser = optimiser(parameters, lr=lr, **settings)
    generator = torch.Generator().manual_seed(0)
    for step in range(steps):
        for group in optimiser.param_groups:
            group["lr"] = lr * (1 - step / steps) ** 2 + lr * 1e-6
        rows = slice(None) if batch_size is None else torch.randint(len(y), (batch_size,), generator=generator)
        optimiser.zero_grad()
        loss = torch.mean((X[rows] @ w + b - y[rows]) ** 2) + l1 * w.abs().sum() + l2 * (w @ w)
        loss.backward()
        if clip is not None:
            torch.nn.utils.clip_grad_norm_([w, b], clip)
        optimiser.step()
    return w.detach().numpy(), float(b.detach())


def decayed(optimiser, **settings):
    return lambda X, y, weight_decay: trained(optimiser, X, y, weight_decay=weight_decay, **settings)


def shrink(optimiser):
    """After optimiser.step(): moves the weights of each group that has an "l1" towards 0, and leaves them there."""
    with torch.no_grad():
        for group in optimiser.param_groups:
            step = group["lr"] * group.get("l1", 0.0)
            for w in group["params"]:
                w.copy_(w.sign() * (w.abs() - step).clamp(min=0))


def proximal(X, y, l1, steps=2500, lr=0.1, momentum=0.0):
    """(w, b) of a linear layer trained with `shrink` after each step, its bias in a group without."""
    X, y = torch.tensor(X), torch.tensor(y)
    w, b = torch.zeros(X.shape[1], requires_grad=True), torch.zeros(1, requires_grad=True)
    optimiser = optim.SGD([{"params": [w], "l1": l1}, {"params": [b]}], lr=lr, momentum=momentum)
    for _ in range(steps):
        optimiser.zero_grad()
        torch.mean((X @ w + b - y) ** 2).backward()
        optimiser.step()
        shrink(optimiser)
    return w.detach().numpy(), float(b.detach())


def lbfgs(X, y, l2):
    X, y = torch.tensor(X), torch.tensor(y)
    w, b = torch.zeros(X.shape[1], requires_grad=True), torch.zeros(1, requires_grad=True)
    optimiser = torch.optim.LBFGS(
        [w, b], max_iter=1000, tolerance_grad=1e-14, tolerance_change=1e-16, line_search_fn="strong_wolfe"
    )

    def closure():
        optimiser.zero_grad()
        loss = torch.mean((X @ w + b - y) ** 2) + l2 * (w @ w)
        loss.backward()
        return loss

    optimiser.step(closure)
    return w.detach().numpy(), float(b.detach())


D = ({"weight_decay": 0.4},)
L1 = ({"l1": 0.3}, {"l1": 0.1})
GROUPED = "the bias is penalised unless it is put into a group of its own"


def row(
    name,
    call,
    optimiser,
    near=1e-4,
    default="weight_decay=0",
    depends=GROUPED,
    convention="torch.weight_decay",
    strengths=D,
    **settings,
):
    return Row(
        f"torch-{name}",
        call,
        decayed(optimiser, **settings),
        strengths,
        convention,
        near=near,
        default=default,
        depends=depends,
    )


ROWS = [
    row("sgd", "SGD(weight_decay)", optim.SGD, lr=0.1, strengths=(*D, {"weight_decay": 0.1})),
    row("sgd-grouped", "SGD(weight_decay), bias in a group without", optim.SGD, lr=0.1, groups=True, depends=""),
    row(
        "sgd-momentum",
        "SGD(weight_decay, momentum=0.9)",
        optim.SGD,
        lr=0.02,
        momentum=0.9,
        depends="not on the momentum",
    ),
    row("adam", "Adam(weight_decay)", optim.Adam, lr=0.02),
    row("nadam", "NAdam(weight_decay)", optim.NAdam, lr=0.02),
    row("radam", "RAdam(weight_decay)", optim.RAdam, lr=0.02, steps=6000),
    row("adagrad", "Adagrad(weight_decay)", optim.Adagrad, lr=0.3),
    row("rmsprop", "RMSprop(weight_decay)", optim.RMSprop, lr=0.01),
    Row(
        "torch-adamw",
        "AdamW(weight_decay), all rows at once",
        decayed(optim.AdamW, lr=0.02, steps=30_000),
        ({"weight_decay": 3.0},),
        default="weight_decay=0.01",
        depends="no strength but a box: abs(w_j) <= 1 / weight_decay, also for the bias",
    ),
    Row(
        "torch-lbfgs-l2",
        "LBFGS, mean squared error + l2 (w @ w)",
        lbfgs,
        ({"l2": 0.2}, {"l2": 0.05}),
        "torch.l2_in_loss",
        default="none",
    ),
    Row(
        "torch-proximal",
        "SGD, then shrink(optimiser) after each step",
        proximal,
        L1,
        "proximal_step",
        context={"momentum": 0.0},
        depends="the optimiser: with Adam, which divides its steps by their size, it is another penalty",
    ),
    Row(
        "torch-proximal-momentum",
        "SGD(momentum=0.9), then shrink(optimiser) after each step",
        lambda X, y, l1: proximal(X, y, l1, lr=0.02, momentum=0.9),
        L1,
        "proximal_step",
        context={"momentum": 0.9},
        depends="the step that shrinks stands outside the momentum, which multiplies all else by 1 / (1 - momentum)",
    ),
]


def pull_strengths(w, b, X, y):
    """What each weight alone would call the strength of squared L2, as a share of weight decay's n d / 2."""
    return (X.T @ (y - X @ w - b)) / w


def by_batches(optimiser, decay, batch_size, **settings):
    X, y = problem(100)
    w, b = trained(optimiser, X, y, steps=6000, batch_size=batch_size, weight_decay=decay, groups=True, **settings)
    shares = pull_strengths(w, b, X, y) / (len(y) * decay / 2)
    big = np.abs(w) > 0.1
    return {"batch": batch_size, "least": shares[big].min(), "most": shares[big].max()}


def clipped():
    X, y = problem(100)
    w, b = trained(optim.SGD, X, y, steps=2500, lr=0.1, weight_decay=0.0)
    # Decoupled decay with a clipped gradient: the decay is taken after the clipping, as SGD in AdamW's manner has it.
    X_, y_ = torch.tensor(X), torch.tensor(y)
    v, clip, decay = torch.zeros(X.shape[1]), 0.5, 0.5
    for step in range(5000):
        gradient = 2 * X_.T @ (X_ @ v + (y_ - X_ @ v).mean() - y_) / len(y_)
        norm = gradient.norm()
        lr = 0.05 * (1 - step / 5000) ** 2 + 1e-7
        v = v - lr * (gradient * min(1.0, clip / float(norm)) + decay * v)
    return {
        "clip": clip,
        "decay": decay,
        "norm": float(v.norm()),
        "ball": clip / decay,
        "norm_without": float(np.linalg.norm(w)),
    }


START, RATE, DECAY, STEPS = 5.0, 1e-3, 0.1, 20_000


def low_precision(dtype):
    w = torch.tensor([START], dtype=dtype, requires_grad=True)
    optimiser = optim.SGD([w], lr=RATE, weight_decay=DECAY)
    for _ in range(STEPS):
        w.grad = torch.zeros_like(w)
        optimiser.step()
    return float(w.detach().to(torch.float64))


FINDINGS = [
    Finding(
        "torch-adamw-batches",
        "AdamW with batches of {batch:.0f}: the strength differs from weight to weight, from {least:.3g} to {most:.3g} of what weight decay in SGD makes.",
        lambda: by_batches(optim.AdamW, 0.3, 8, lr=0.01),
        lambda n: n["most"] > 1.3 * n["least"],
    ),
    Finding(
        "torch-adam-l2-batches",
        "L2 inside Adam with batches of {batch:.0f} settles at ridge: from {least:.3g} to {most:.3g} of its strength.",
        lambda: by_batches(optim.Adam, 0.3, 8, lr=0.01),
        lambda n: n["most"] < 1.3 and n["least"] > 0.7,
    ),
    Finding(
        "torch-clipped",
        "With the gradient clipped to {clip:.2g} and a decay of {decay:.2g} beside it, the weights end with norm {norm:.4g}: in the ball of radius clip / decay.",
        clipped,
        lambda n: n["norm"] < n["ball"] * 1.001 and n["norm_without"] > n["ball"],
    ),
    Finding(
        "torch-low-precision",
        "A weight of {start:.0f} without data, under SGD with learning rate {rate:g} and weight_decay {decay:g}: after {steps:,.0f} steps it is {float32:.4g} in float32, {bfloat16:.4g} in bfloat16, {float16:.4g} in float16.",
        lambda: (
            {name: low_precision(getattr(torch, name)) for name in ("float32", "bfloat16", "float16")}
            | {"start": START, "rate": RATE, "decay": DECAY, "steps": STEPS}
        ),
        lambda n: n["bfloat16"] == n["float16"] == n["start"] and n["float32"] < 1,
    ),
]
