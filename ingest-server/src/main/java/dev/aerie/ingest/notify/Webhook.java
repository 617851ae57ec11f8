package dev.aerie.ingest.notify;

import dev.aerie.ingest.source.SourceHosts;
import dev.aerie.threads.BackgroundThread;
import dev.aerie.threads.Backoff;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Delivers events to one URL by POST, in their order, each until it is answered with 2xx or its attempts are used up.
/// What waits is bounded: the oldest goes first, and is counted. Redirects are not followed.
final class Webhook implements AutoCloseable {

    static final int MAX_WAITING = 1_000;

    private static final Logger LOG = LoggerFactory.getLogger(Webhook.class);
    private static final Duration CONNECT = Duration.ofSeconds(5);
    private static final Duration ANSWER = Duration.ofSeconds(10);
    private static final int MAX_ATTEMPTS = 8;
    private static final int FIRST_REDIRECT = 300;
    private static final int FIRST_FAILED = 500;
    private static final int REQUEST_TIMEOUT = 408;
    private static final int TOO_MANY = 429;

    private final URI url;
    private final Optional<WebhookSignature> signature;
    private final SourceHosts hosts;
    private final InstantSource clock;
    private final Supplier<Backoff> backoffs;
    private final ArrayBlockingQueue<Delivery> waiting = new ArrayBlockingQueue<>(MAX_WAITING);
    private final LongAdder delivered = new LongAdder();
    private final LongAdder dropped = new LongAdder();
    private final HttpClient http = HttpClient.newBuilder()
            .connectTimeout(CONNECT)
            .followRedirects(HttpClient.Redirect.NEVER)
            .version(HttpClient.Version.HTTP_1_1)
            .build();
    private final BackgroundThread thread;

    private record Delivery(String id, EventText event) {}

    /// - `hosts`: where it may go
    /// - `backoffs`: of the attempts of one delivery
    /// - `name`: of its thread, behind `webhook-`
    Webhook(
            URI url,
            Optional<WebhookSignature> signature,
            SourceHosts hosts,
            InstantSource clock,
            Supplier<Backoff> backoffs,
            String name) {
        this.url = url;
        this.signature = signature;
        this.hosts = hosts;
        this.clock = clock;
        this.backoffs = backoffs;
        this.thread = BackgroundThread.of("webhook", name, this::run);
    }

    void start() {
        thread.start();
    }

    /// Never blocks.
    void offer(EventText event) {
        var delivery = new Delivery("msg_" + UUID.randomUUID(), event);
        while (!waiting.offer(delivery)) {
            if (waiting.poll() != null) {
                dropped.increment();
            }
        }
    }

    long delivered() {
        return delivered.sum();
    }

    long dropped() {
        return dropped.sum();
    }

    int waiting() {
        return waiting.size();
    }

    @Override
    public void close() {
        thread.close();
        http.shutdownNow();
    }

    private void run() throws InterruptedException {
        while (true) {
            deliver(waiting.take());
        }
    }

    private void deliver(Delivery delivery) throws InterruptedException {
        var backoff = backoffs.get();
        String cause = "";
        for (int attempt = 1; attempt <= MAX_ATTEMPTS; attempt++) {
            try {
                int status = post(delivery);
                if (status < FIRST_REDIRECT) {
                    delivered.increment();
                    return;
                }
                cause = "status " + status;
                if (!isWorthAnother(status)) {
                    break;
                }
            } catch (IOException e) {
                cause = String.valueOf(e.getMessage());
            }
            if (attempt < MAX_ATTEMPTS) {
                TimeUnit.NANOSECONDS.sleep(backoff.next().toNanos());
            }
        }
        dropped.increment();
        LOG.warn(
                "webhook dropped host={} event={} cause={}",
                url.getHost(),
                delivery.event().type(),
                cause);
    }

    private int post(Delivery delivery) throws IOException, InterruptedException {
        hosts.require(url.toString());
        long now = clock.instant().getEpochSecond();
        byte[] body = delivery.event().json().getBytes(StandardCharsets.UTF_8);
        var request = HttpRequest.newBuilder(url)
                .timeout(ANSWER)
                .header("Content-Type", "application/json")
                .header("User-Agent", "Aerie")
                .header("webhook-id", delivery.id())
                .header("webhook-timestamp", Long.toString(now))
                .POST(HttpRequest.BodyPublishers.ofByteArray(body));
        signature.ifPresent(signs -> request.header("webhook-signature", signs.of(delivery.id(), now, body)));
        var answer = http.send(request.build(), HttpResponse.BodyHandlers.ofInputStream());
        answer.body().close(); // unread, however long it is
        return answer.statusCode();
    }

    /// What is wrong with the request stays wrong; a busy or broken server may recover.
    private static boolean isWorthAnother(int status) {
        return status >= FIRST_FAILED || status == TOO_MANY || status == REQUEST_TIMEOUT;
    }
}
