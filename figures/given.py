"""The numbers that are given: chosen by the sources or by us, not results. Code and prose both read them here."""

# The Q&A's walkthrough. The live walk has room for starts up to 6.
W0 = 5.0
ETA = 0.5
LAM = 1.0

# The same walk from a weight that the step size does not divide.
W0_UNEVEN = 5.1

# The article's six-variable example: weights w1..w6, then the bias.
SIX_WEIGHTS = (0.4561, -0.0007, 0.3251, 0.0009, 0.0001, -0.9142)
SIX_BIAS = -0.553
SIX_THRESHOLD = 0.001

# The article sets the step size to one "for readability".
ETA_ONE = 1.0

# How much larger the numbers of a feature get in the smaller unit: metres for kilometres.
SPREAD = 1000.0

# Half squared L2 at five step sizes, one for each kind of walk.
L2_STEP_SIZES = (0.5, 1.0, 1.5, 2.0, 2.1)
N_STEPS_L2_STEP_SIZES = 8

# The dead zone: a strength, and a pull of the data that it withstands.
DEAD_ZONE_LAM = 2.0
DEAD_ZONE_PULL = 1.6

# The target of the data point that may join the walkthrough.
WALK_Y = 1.0

# The home page: one data point at x = 1 with b = 0, a strength, and a step size small enough to watch.
HOME_Y = 1.0
HOME_LAM = 3.0
HOME_ETA = 0.05

# One data point with its bias, for the one-variable model; a weight on the way, and a strength between 0 and the one that
# zeroes.
POINT_X = 2.0
POINT_Y = 3.0
POINT_B = -1.0
POINT_W = 1.0
POINT_LAM = 6.0

# A walk down the losses of that point: a start on the other side of 0, and a step size small enough to watch.
DOWNHILL_W0 = -1.0
DOWNHILL_ETA = 0.03

# One update taken apart: the data point's feature, a weight, the weight that the data want, and a strength.
UPDATE_X = 0.5
UPDATE_W = 2.0
UPDATE_WANT = 4.0
UPDATE_LAM = 0.4

# The p whose unit ball is set beside those of the norms.
BALL_P = 0.5

# One of the slopes that |w| has at 0.
SLOPE_AT_0 = 0.4

# The bouncing walk on the squared L2 loss: a feature and a strength for which a step size of one just settles, and a start.
STABILITY_X = 0.8
STABILITY_LAM = 0.25
STABILITY_Y = 1.0
STABILITY_W0 = 2.4

# The three influences: a weight, set beside its opposite and its double.
INFLUENCES_W = 0.3

# The overfitting example: sin(πx) on [-1, 1] with noise, a polynomial of high degree, and a round strength (not tuned on
# the test points).
OVERFIT_SEED = 6
OVERFIT_N_TRAIN = 15
OVERFIT_N_TEST = 200
OVERFIT_NOISE = 0.3
OVERFIT_DEGREE = 12
OVERFIT_LAM = 0.1

# The paths of the diabetes data: where the reader starts, at a round strength.
PATHS_LAM = 10000.0
PATHS_FEATURE = "hdl"

# Held-out data: how many of the samples, which shuffle, and how many other shuffles beside it.
HELD_OUT_N = 147
HELD_OUT_SEED = 0
HELD_OUT_SHUFFLES = 20

# Cross-validation: into how many parts the samples are split.
HELD_OUT_PARTS = 10

# Diamond and circle: the weights of least error, the correlation of the two features, a strength, and how much of the elastic
# net is L1.
GEOMETRY_M1 = 1.2
GEOMETRY_M2 = 2.6
GEOMETRY_RHO = -0.5
GEOMETRY_LAM = 2.0
ELASTIC_SHARE = 0.5

# Four optimisers from one start, with the data of the geometry page: decay, the length that gradients are clipped to, the
# step size, Adam's mean of squares as it is used for large models, and the momentum that libraries show in their examples.
DECAY = 1.0
DECAY_CLIP = 1.2
DECAY_W1 = 2.6
DECAY_W2 = -2.2
DECAY_ETA = 0.05
DECAY_BETA2 = 0.95
DECAY_BETA = 0.9

# Many random data sets: how many and which, the weights of least error round which they scatter (with a spread of 1), the
# correlation of the features, and a strength.
MANY_SEED = 3
MANY_N = 200
MANY_M1 = 0.8
MANY_M2 = 1.4
MANY_RHO = 0.3
MANY_LAM = 2.0

# Stopping early on the diabetes data: a step size short enough for its steepest direction, after how many steps, and the
# strength beside it.
EARLY_ETA = 0.0002
EARLY_STEPS = 100.0
EARLY_LAM = 25.0

# Selection over resamples of the diabetes data: how many, from which seed, a strength of L1 and one of squared L2 beside it.
RESAMPLES = 200
RESAMPLES_SEED = 0
RESAMPLES_LAM_L1 = 1000.0
RESAMPLES_LAM_L2 = 200.0

# One weight that should be 0, in training: the data pull with 2y, less than the strength; steps, noise of a batch's slope,
# and what slows dual averaging.
TRAINING_Y = 0.2
TRAINING_LAM = 1.0
TRAINING_ETA = 0.05
TRAINING_W0 = 0.4
TRAINING_NOISE = 2.0
TRAINING_SEED = 3
TRAINING_STEPS = 1000
TRAINING_GAMMA = 20.0

# Classes that a threshold parts, a strength, and a training long enough to see what does not end.
SEPARABLE_X = (-2.0, -1.2, -0.8, 0.5, 1.0, 1.6)
SEPARABLE_LAM = 0.3
SEPARABLE_ETA = 0.2
SEPARABLE_STEPS = 2000

# A small network: two of its features matter.
NETWORK_SEED = 0
NETWORK_SAMPLES = 80
NETWORK_FEATURES = 8
NETWORK_HIDDEN = 12
NETWORK_LAM = 1.0
NETWORK_ETA = 0.002
NETWORK_STEPS = 1200
