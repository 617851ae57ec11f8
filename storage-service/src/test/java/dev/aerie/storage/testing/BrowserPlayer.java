package dev.aerie.storage.testing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.SimpleFileServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;

/// A browser without a window that plays files in `<video>`, one after the other, and says what it saw.
public final class BrowserPlayer {

    private static final long LIMIT_SECONDS = 120;
    private static final long END_LIMIT_SECONDS = 10;
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final List<String> FLAGS = List.of(
            "--headless",
            "--no-sandbox",
            "--disable-gpu",
            "--disable-quic",
            "--no-first-run",
            "--disable-background-networking",
            "--disable-component-update",
            "--disable-sync",
            "--remote-debugging-port=0",
            "--autoplay-policy=no-user-gesture-required");

    /// Tells of each file once it has ended, or why it does not play.
    private static final String PAGE = """
            <!doctype html><video muted></video><script>
            const video = document.querySelector('video');
            const play = file => new Promise(done => {
              video.onended = () => done({
                width: video.videoWidth, height: video.videoHeight, seconds: video.currentTime,
                frames: video.getVideoPlaybackQuality().totalVideoFrames, error: ''});
              video.onerror = () => done({error: video.error.message});
              video.src = file;
              video.play();
            });
            (async () => {
              const told = [];
              for (const file of FILES) told.push(await play(file));
              fetch('/told', {method: 'POST', body: JSON.stringify(told)});
            })();
            </script>""";

    private final Tool chromium;

    private BrowserPlayer(Tool chromium) {
        this.chromium = chromium;
    }

    public static BrowserPlayer require() {
        return new BrowserPlayer(Tool.require("chromium"));
    }

    /// What the browser says of each file: `width`, `height`, `seconds` played, `frames` decoded, `error`.
    ///
    /// - `files`: names of files in `folder`, which gets a page beside them
    /// - `home`: an empty folder
    public JsonNode play(Path folder, List<String> files, Path home) throws IOException, InterruptedException {
        Files.writeString(folder.resolve("player.html"), PAGE.replace("FILES", JSON.writeValueAsString(files)));
        var told = new CompletableFuture<JsonNode>();
        var server = server(folder, told);
        var flags = Stream.concat(
                FLAGS.stream(),
                Stream.of(
                        "--user-data-dir=" + home.resolve("profile"),
                        "http://127.0.0.1:" + server.getAddress().getPort() + "/player.html"));
        Process browser = chromium.start(home, flags.toList());
        try {
            return told.get(LIMIT_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException e) {
            throw new IOException("the browser tells nothing: " + Files.readString(home.resolve("log")), e);
        } finally {
            browser.destroy();
            boolean _ = browser.waitFor(END_LIMIT_SECONDS, TimeUnit.SECONDS);
            server.stop(0);
        }
    }

    private static HttpServer server(Path folder, CompletableFuture<JsonNode> told) throws IOException {
        var server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", SimpleFileServer.createFileHandler(folder));
        server.createContext("/told", exchange -> {
            try (exchange) {
                told.complete(JSON.readTree(exchange.getRequestBody()));
                exchange.sendResponseHeaders(204, -1);
            }
        });
        server.start();
        return server;
    }
}
