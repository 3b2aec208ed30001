#!/bin/sh
# TensorFlow.js: a layer that a model uses in two places pays its penalty twice.
#
# Guess, before running: the two branches of a Siamese network are one layer with one set of weights. Its kernelRegularizer is a function of those
# weights, so it is added once, however many inputs the layer is applied to; in Keras 3.15.1 model.losses has it once.
# Seen: the strength read off the weights of a linear layer with l2: 0.1, the pull of the data over the weight, is 0.1 for one branch, 0.2 for two
# and 0.3 for three. The penalty is collected once for each place where the layer stands in the model, not once for each layer.
# The loss of fit says the same. That of evaluate, and val_loss with it, have no penalty at all, so that nothing shows it there.
# Where it matters: towers that share weights, or a layer applied to each part of an input, shrink as many times as much as
# the same weights in one place; a strength found for one model is another in the next, or in Keras.
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

const [rows, columns, l2] = [40, 2, 0.1];

/** The sum over the branches of one linear layer, fitted: as w * (sum of the branches' inputs) that is ridge regression. */
async function fit(branches) {
  const xs = [...Array(branches).keys()].map(k => tf.randomNormal([rows, columns], 0, 1, 'float32', k + 1));
  const sum = tf.addN(xs);
  const y = tf.add(sum.matMul(tf.tensor2d([[2], [-1]])), tf.randomNormal([rows, 1], 0, 0.5, 'float32', 9));
  const shared = tf.layers.dense({ units: 1, useBias: false, kernelRegularizer: tf.regularizers.l2({ l2 }) });
  const inputs = xs.map(() => tf.input({ shape: [columns] }));
  const outputs = inputs.map(one => shared.apply(one));
  const model = tf.model({ inputs, outputs: branches > 1 ? tf.layers.add().apply(outputs) : outputs[0] });
  model.compile({ optimizer: tf.train.sgd(0.05), loss: 'meanSquaredError' });
  const { history } = await model.fit(xs, y, { epochs: 400, batchSize: rows, shuffle: false, verbose: 0 });
  const w = model.getWeights()[0];
  const error = tf.sub(y, sum.matMul(w));
  return {
    count: model.getWeights().length,
    shown: [...sum.transpose().matMul(error).div(w).div(rows).dataSync()],
    penalty: (history.loss.at(-1) - tf.mean(error.square()).dataSync()[0]) / (l2 * tf.sum(w.square()).dataSync()[0]),
    evaluated: model.evaluate(xs, y).dataSync()[0] - tf.mean(error.square()).dataSync()[0],
  };
}

(async () => {
  console.log('TensorFlow.js', tf.version.tfjs);
  let still = tf.version.tfjs === '4.22.0';
  for (const branches of [1, 2, 3]) {
    const { count, shown, penalty, evaluated } = await fit(branches);
    console.log(
      `${branches} places, ${count} set of weights: strength ${shown.map(s => s.toFixed(4)).join(' and ')},`,
      `penalties in the loss of fit ${penalty.toFixed(3)}, of evaluate ${Math.abs(evaluated).toFixed(3)}`,
    );
    still &&= count === 1 && shown.every(s => Math.abs(s / (branches * l2) - 1) < 0.01);
    still &&= Math.abs(penalty - branches) < 0.01 && Math.abs(evaluated) < 1e-5;
  }
  console.log(still ? 'as seen' : 'not as seen');
  process.exit(still ? 0 : 1);
})();
JAVASCRIPT
