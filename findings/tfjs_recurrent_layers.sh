#!/bin/sh
# TensorFlow.js: a regularizer on a recurrent layer does nothing at all, without a word.
#
# Guess, before running: tf.layers.lstm takes kernelRegularizer, recurrentRegularizer and biasRegularizer, each "applied to" its weights by the
# documentation, as dense has two of them. With l2: 10 beside a mean squared error the weights end near 0, in each of these layers.
# Seen: after 200 epochs the weights of dense are below 0.1, and above 1 without a regularizer; those of simpleRNN, gru and lstm, alone
# or in bidirectional, are the same as without one, to the last bit, and so is the loss of every epoch.
# A recurrent layer keeps its weights in a cell. The cell puts the penalty on its own list of losses; the model asks only the layers that
# it consists of, and the recurrent layer passes on its cell's weights and not its cell's losses. The wrapper timeDistributed does, and shrinks.
# Where it matters: a strength is searched over, or carried over from Keras, and has no effect. The saved model names its regularizers;
# only the loss tells, which is the same at each strength. In Keras 3.15.1 the same layers add their penalty.
#
# TensorFlow.js 4.22.0, in Node.js. Exit status 0: still so. 1: it changed. 2: it could not be run.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
command -v npm >/dev/null || exit 2
npm install --prefix "$folder" --silent --no-audit --no-fund --ignore-scripts @tensorflow/tfjs@4.22.0 || exit 2
cd "$folder"
node - <<'JAVASCRIPT'
const tf = require('@tensorflow/tfjs');

const [rows, times, columns] = [16, 5, 3];
const x = tf.randomNormal([rows, times, columns], 0, 1, 'float32', 1);
const y = tf.sum(x, [1, 2]).reshape([rows, 1]).sign();

// The layers compared; the last layer of each model has no regularizer, and is the same.
const series = { inputShape: [times, columns] };
const two = r => ({ units: 2, kernelRegularizer: r, biasRegularizer: r });
const parts = r => ({ ...two(r), recurrentRegularizer: r });
const makes = {
  dense: r => [tf.layers.flatten(series), tf.layers.dense(two(r))],
  timeDistributed: r => [tf.layers.timeDistributed({ ...series, layer: tf.layers.dense(two(r)) }), tf.layers.flatten()],
};
for (const name of ['simpleRNN', 'gru', 'lstm']) makes[name] = r => [tf.layers[name]({ ...series, ...parts(r) })];
makes.bidirectional = r => [tf.layers.bidirectional({ ...series, layer: tf.layers.lstm(parts(r)), mergeMode: 'concat' })];

/** The largest weight below the last layer, and the loss of each epoch. */
async function fit(make, l2) {
  const model = tf.sequential({ layers: [...make(l2 ? tf.regularizers.l2({ l2 }) : undefined), tf.layers.dense({ units: 1 })] });
  model.compile({ optimizer: tf.train.sgd(0.02), loss: 'meanSquaredError' });
  // Both begin at the same weights.
  model.setWeights(model.getWeights().map((w, k) => tf.randomNormal(w.shape, 0, 1, 'float32', k + 1)));
  const { history } = await model.fit(x, y, { epochs: 200, batchSize: rows, shuffle: false, verbose: 0 });
  const weights = model.getWeights().slice(0, -2).map(w => w.dataSync());
  return { weights, largest: Math.max(...weights.flatMap(w => [...w].map(Math.abs))), loss: history.loss };
}

(async () => {
  console.log('TensorFlow.js', tf.version.tfjs);
  let still = tf.version.tfjs === '4.22.0';
  for (const [name, make] of Object.entries(makes)) {
    const [free, held] = [await fit(make, 0), await fit(make, 10)];
    const same = JSON.stringify(free) === JSON.stringify(held);
    const [before, after] = [free, held].map(one => one.largest.toFixed(4));
    console.log(`${name}: largest weight ${before} without, ${after} with l2 = 10`, same ? '(all weights and losses the same)' : '');
    still &&= free.largest > 1 && (['dense', 'timeDistributed'].includes(name) ? held.largest < 0.2 : same);
  }
  console.log(still ? 'as seen' : 'not as seen');
  process.exit(still ? 0 : 1);
})();
JAVASCRIPT
