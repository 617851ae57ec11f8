package dev.aerie.cli.view;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.aerie.messages.FrameId;
import dev.aerie.messages.MalformedMessageException;
import dev.aerie.messages.Message;
import dev.aerie.messages.MessageType;
import dev.aerie.messages.Messages;
import dev.aerie.messages.Point;
import dev.aerie.rtsp.RelayAddress;
import dev.aerie.threads.BackgroundThread;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.WebSocket;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// The ingest-server as the dashboard's page uses it: messages about one stream by `WS /ws/results/{stream}`, prompts
/// by `POST /prompt`, the map by `GET /api/slam/{stream}/map`, the relay's address by `GET /rtsp/status`.
public final class Dashboard implements AutoCloseable {

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final Duration LIMIT = Duration.ofSeconds(10);
    private static final long RETRY_MILLIS = 1000;
    private static final int MAX_MESSAGE_CHARACTERS = 16 << 20;
    private static final int OK = 200;

    private final URI server;
    private final Optional<String> authorization;
    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(LIMIT).build();
    private final CountDownLatch closed = new CountDownLatch(1);
    private volatile @Nullable BackgroundThread reader;
    private volatile String problem = "";

    /// - `server`: `http://` or `https://`, with host and port
    /// - `authorization`: the header of HTTP; empty for none
    public Dashboard(URI server, Optional<String> authorization) {
        this.server = server;
        this.authorization = authorization;
    }

    /// The relay's address of a stream. Throws [IOException] where the server does not tell.
    ///
    /// - `environment`: `RTSP_READ_USERNAME` and `RTSP_READ_PASSWORD` are of the relay
    public String relayed(String stream, Map<String, String> environment) throws IOException, InterruptedException {
        URI found = relay();
        return new RelayAddress(
                        "rtsps".equals(found.getScheme()),
                        found.getHost(),
                        found.getPort(),
                        Optional.ofNullable(environment.get("RTSP_READ_USERNAME")),
                        Optional.ofNullable(environment.get("RTSP_READ_PASSWORD")))
                .urlOf(stream);
    }

    private URI relay() throws IOException, InterruptedException {
        HttpResponse<String> answer;
        try {
            answer = http.send(request("/rtsp/status").build(), HttpResponse.BodyHandlers.ofString());
        } catch (IOException e) {
            throw new IOException("the ingest-server at " + server + " does not answer", e);
        }
        if (answer.statusCode() != OK) {
            throw new IOException("the ingest-server at " + server + " answers " + answer.statusCode());
        }
        var relay = URI.create(JSON.readTree(answer.body()).path("rtsp_url").asText());
        if (relay.getHost() == null) {
            throw new IOException("the ingest-server at " + server + " names no relay");
        }
        return relay;
    }

    /// The points of a stream's map, a PLY file; empty while there are none.
    public Optional<byte[]> map(String stream) throws IOException, InterruptedException {
        var request =
                request("/api/slam/" + stream.replace("/", "%2F") + "/map").build();
        var answer = http.send(request, HttpResponse.BodyHandlers.ofByteArray());
        return answer.statusCode() == OK ? Optional.of(answer.body()) : Optional.empty();
    }

    /// Reads the messages about a stream from now on, each as it comes, and connects again where the connection is
    /// lost. Those of a kind or version that is not known here are left out.
    public void follow(String stream, Consumer<Message> consumer) {
        if (reader == null) {
            var thread = BackgroundThread.of("results", stream, () -> read(stream, consumer));
            reader = thread;
            thread.start();
        }
    }

    /// Why results do not come; empty while the connection stands.
    public String problem() {
        return problem;
    }

    /// Asks for the object at this place of a frame to be followed; completes with a sentence for the user, never
    /// with a failure.
    CompletableFuture<String> prompt(FrameId frame, Point place) {
        ObjectNode body = JSON.createObjectNode();
        body.put("stream", frame.stream()).put("frame_number", frame.frameNumber());
        body.putArray("points")
                .addObject()
                .put("x", place.xPixels())
                .put("y", place.yPixels())
                .put("positive", true);
        var request = request("/prompt")
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body.toString()))
                .build();
        return http.sendAsync(request, HttpResponse.BodyHandlers.ofString())
                .thenApply(Dashboard::told)
                .exceptionally(failure -> "the prompt was not sent: " + reason(failure));
    }

    @Override
    public void close() {
        closed.countDown();
        BackgroundThread running = reader;
        if (running != null) {
            boolean _ = running.close(LIMIT);
        }
        http.shutdownNow();
    }

    private void read(String stream, Consumer<Message> consumer) throws InterruptedException {
        var address = URI.create((server.getScheme().equals("https") ? "wss" : "ws") + "://" + server.getRawAuthority()
                + "/ws/results/" + stream.replace("/", "%2F") + "?join_ms=0");
        do {
            var listener = new Listener(consumer);
            var builder = http.newWebSocketBuilder().connectTimeout(LIMIT);
            authorization.ifPresent(value -> builder.header("Authorization", value));
            WebSocket socket = null;
            try {
                socket = builder.buildAsync(address, listener).join();
                problem = "";
                problem = "results: " + listener.awaitEnd();
            } catch (CompletionException e) {
                problem = "results: " + reason(e);
            } finally {
                if (socket != null) {
                    socket.abort();
                }
            }
        } while (!closed.await(RETRY_MILLIS, TimeUnit.MILLISECONDS));
    }

    private HttpRequest.Builder request(String path) {
        var request = HttpRequest.newBuilder(server.resolve(path)).timeout(LIMIT);
        authorization.ifPresent(value -> request.header("Authorization", value));
        return request;
    }

    private static String told(HttpResponse<String> answer) {
        JsonNode body;
        try {
            body = JSON.readTree(answer.body());
        } catch (JsonProcessingException _) {
            body = JSON.createObjectNode();
        }
        if (answer.statusCode() != OK) {
            return body.path("detail").asText("the server answers " + answer.statusCode());
        }
        JsonNode made = body.path("objects").path(0);
        return made.path("label").asText("object") + " #" + made.path("id").asText("?") + " is tracked";
    }

    private static String reason(Throwable failure) {
        Throwable cause =
                failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
        return cause.getMessage() == null ? "no connection" : cause.getMessage();
    }

    /// Collects the parts of each message.
    private static final class Listener implements WebSocket.Listener {

        private final Consumer<Message> consumer;
        private final StringBuilder text = new StringBuilder();
        private final CompletableFuture<String> end = new CompletableFuture<>();

        Listener(Consumer<Message> consumer) {
            this.consumer = consumer;
        }

        String awaitEnd() throws InterruptedException {
            try {
                return end.get();
            } catch (ExecutionException e) {
                throw new IllegalStateException(e); // it is completed with text alone
            }
        }

        @Override
        public @Nullable CompletionStage<?> onText(WebSocket socket, CharSequence part, boolean isLast) {
            text.append(part);
            if (text.length() > MAX_MESSAGE_CHARACTERS) {
                end.complete("a message is too long");
                return null;
            }
            if (isLast) {
                accept(text.toString());
                text.setLength(0);
            }
            socket.request(1);
            return null;
        }

        @Override
        public @Nullable CompletionStage<?> onClose(WebSocket socket, int status, String reason) {
            end.complete("the server has closed the connection (" + status + ")");
            return null;
        }

        @Override
        public void onError(WebSocket socket, Throwable failure) {
            end.complete(String.valueOf(failure.getMessage()));
        }

        private void accept(String message) {
            try {
                JsonNode told = JSON.readTree(message);
                for (JsonNode result : told.path("results")) {
                    read(result);
                }
                read(told.path("message")); // of an event
            } catch (JsonProcessingException | MalformedMessageException e) {
                end.complete("a message cannot be read: " + e.getMessage());
            }
        }

        private void read(JsonNode message) throws JsonProcessingException, MalformedMessageException {
            if (MessageType.ofSchema(message.path("schema").asText()).isPresent()) {
                consumer.accept(Messages.read(JSON.writeValueAsBytes(message)));
            }
        }
    }
}
