// Lets the search of the site work from a folder on disk: there, browsers allow no workers, so a hidden frame does the work.
// The worker's script finds its surroundings as in a worker: messages come in as events of its window, and go out by postMessage.
if (location.protocol === "file:") {
  window.IFrameWorker = class extends EventTarget {
    constructor(script) {
      super()
      this.waiting = []
      this.onmessage = this.onerror = null
      const frame = document.createElement("iframe")
      frame.hidden = true
      frame.srcdoc = `<!doctype html><script>
        self.postMessage = data => self.answer(data)
      </scr` + `ipt><script src="${new URL(script, document.baseURI)}"></scr` + `ipt>`
      frame.addEventListener("load", () => {
        this.inside = frame.contentWindow
        this.inside.answer = data => this.emit(new MessageEvent("message", { data }))
        this.waiting.forEach(data => this.postMessage(data))
        this.waiting = []
      })
      document.body.appendChild(frame)
    }
    postMessage(data) {
      if (!this.inside) this.waiting.push(data)
      else this.inside.dispatchEvent(new MessageEvent("message", { data }))
    }
    emit(event) {
      this.dispatchEvent(event)
      if (this.onmessage) this.onmessage(event)
    }
    terminate() {}
  }
  window.Worker = window.IFrameWorker
}
