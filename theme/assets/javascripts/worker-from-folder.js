// Browsers start no worker for a page that is read from a folder, and the theme's search is one: here its script runs in a hidden frame.
window.Worker = class extends EventTarget {
  constructor(address) {
    super();
    const script = new URL(address, document.baseURI);
    const frame = document.createElement("iframe");
    frame.hidden = true;
    frame.title = "search";
    frame.srcdoc = "<!doctype html>";
    this.ready = new Promise(done => frame.addEventListener("load", done, {once: true})).then(async () => {
      const inside = frame.contentWindow;
      const run = source => new Promise((done, failed) => {
        const element = inside.document.createElement("script");
        Object.assign(element, {src: new URL(source, script), onload: done, onerror: failed});
        inside.document.head.append(element);
      });
      // What it says is said here; what it imports, one after another, it waits for.
      inside.postMessage = data => this.dispatchEvent(new MessageEvent("message", {data}));
      inside.importScripts = async (...sources) => { for (const source of sources) await run(source); };
      await run(script);
      return inside;
    });
    document.body.append(frame);
  }
  postMessage(data) {
    this.ready.then(inside => inside.dispatchEvent(new MessageEvent("message", {data})));
  }
};
