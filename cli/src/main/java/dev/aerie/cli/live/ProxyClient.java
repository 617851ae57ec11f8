package dev.aerie.cli.live;

import dev.aerie.threads.BackgroundThread;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpVersion;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Sends a live recording to a viewer of Rerun that takes calls (`WriteMessages`, one for as long as it lasts), and
/// calls again a second after each end.
final class ProxyClient implements AutoCloseable {

    private static final int LIMIT_SECONDS = 5;
    private static final String OK = "0";

    private final LiveLog log;
    private final URI proxy;
    private final Consumer<String> told;
    private final HttpClient client;
    private final BackgroundThread thread = BackgroundThread.of("rerun-proxy", this::run);
    private final CountDownLatch closed = new CountDownLatch(1);
    private final AtomicLong droppedBefore = new AtomicLong();
    private volatile @Nullable ViewerQueue queue;
    private volatile @Nullable CompletableFuture<String> end;

    /// - `proxy`: `rerun+http://HOST:PORT/proxy`
    /// - `told`: takes a sentence for the user at each change
    ProxyClient(Vertx vertx, URI proxy, LiveLog log, Consumer<String> told) {
        this.log = log;
        this.proxy = requireProxy(proxy);
        this.told = told;
        this.client = vertx.createHttpClient(new HttpClientOptions()
                .setProtocolVersion(HttpVersion.HTTP_2)
                .setHttp2ClearTextUpgrade(false)
                .setConnectTimeout(
                        Math.toIntExact(Duration.ofSeconds(LIMIT_SECONDS).toMillis())));
    }

    private static URI requireProxy(URI proxy) {
        if (!"rerun+http".equals(proxy.getScheme())
                || proxy.getHost() == null
                || proxy.getPort() < 1
                || !"/proxy".equals(proxy.getPath())) {
            throw new IllegalArgumentException("a viewer is rerun+http://HOST:PORT/proxy, was " + proxy);
        }
        return proxy;
    }

    void start() {
        thread.start();
    }

    /// Messages that the viewer was too slow for.
    long dropped() {
        ViewerQueue current = queue;
        return droppedBefore.get() + (current == null ? 0 : current.dropped());
    }

    @Override
    public void close() {
        closed.countDown();
        Optional.ofNullable(end).ifPresent(call -> call.complete("closed"));
        boolean _ = thread.close(Duration.ofSeconds(LIMIT_SECONDS));
        var _ = client.close();
    }

    private void run() throws InterruptedException {
        String last = "";
        do {
            String reason = call();
            if (!reason.equals(last) && closed.getCount() > 0) {
                told.accept(proxy + ": " + reason + "; tried again every second");
            }
            last = reason;
        } while (!closed.await(1, TimeUnit.SECONDS));
    }

    /// One call; returns why it is over.
    private String call() throws InterruptedException {
        var over = new CompletableFuture<String>();
        end = over;
        if (closed.getCount() == 0) {
            return "closed";
        }
        HttpClientRequest request;
        try {
            request = await(client.request(HttpMethod.POST, proxy.getPort(), host(), MessageProxy.WRITE));
            request.setChunked(true)
                    .putHeader("content-type", MessageProxy.GRPC)
                    .putHeader("te", "trailers");
            request.connection().goAwayHandler(_ -> over.complete("the viewer stops"));
            request.exceptionHandler(failure -> over.complete(LiveViewer.reason(failure)));
            request.response()
                    .onSuccess(response -> answered(response, over))
                    .onFailure(failure -> over.complete(LiveViewer.reason(failure)));
            await(request.sendHead());
        } catch (ExecutionException e) {
            return LiveViewer.reason(e.getCause());
        } catch (TimeoutException _) {
            return "no answer";
        }
        told.accept(proxy + " takes the stream");
        return feed(request, over);
    }

    private String feed(HttpClientRequest request, CompletableFuture<String> over) throws InterruptedException {
        var joined = log.join();
        queue = joined;
        try {
            String reason = new LiveViewer(joined, request, MessageProxy::call, over).run();
            if (closed.getCount() == 0) {
                var _ = request.end();
            } else {
                var _ = request.reset();
            }
            return reason;
        } finally {
            log.leave(joined);
            queue = null;
            droppedBefore.addAndGet(joined.dropped());
        }
    }

    /// A viewer answers when the call ends, or at once where it refuses it.
    private static void answered(HttpClientResponse response, CompletableFuture<String> over) {
        response.exceptionHandler(failure -> over.complete(LiveViewer.reason(failure)));
        response.endHandler(_ -> {
            String status = Optional.ofNullable(response.getTrailer("grpc-status"))
                    .or(() -> Optional.ofNullable(response.getHeader("grpc-status")))
                    .orElse("");
            over.complete(
                    OK.equals(status)
                            ? "the viewer has ended the call"
                            : "it answers " + response.statusCode() + ", grpc-status " + status);
        });
    }

    private String host() {
        return proxy.getHost().replaceAll("[\\[\\]]", "");
    }

    private static <T> T await(Future<T> future) throws InterruptedException, ExecutionException, TimeoutException {
        return future.toCompletionStage().toCompletableFuture().get(LIMIT_SECONDS, TimeUnit.SECONDS);
    }
}
