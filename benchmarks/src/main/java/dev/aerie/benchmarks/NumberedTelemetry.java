package dev.aerie.benchmarks;

import dev.aerie.messages.Exchanges;
import dev.aerie.messages.MalformedMessageException;
import dev.aerie.messages.Messages;
import dev.aerie.messages.Telemetry;
import dev.aerie.messages.amqp.BrokerAddress;
import dev.aerie.messages.amqp.BrokerConnection;
import dev.aerie.messages.amqp.LiveSubscriber;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/// Sends numbered telemetry to an ingest-server, ten a second, and reads it from the bus. Owns one thread.
final class NumberedTelemetry implements AutoCloseable {

    private static final Duration STEP = Duration.ofMillis(100);
    private static final Duration TIME_TO_LIVE = Duration.ofMinutes(5);
    private static final int QUEUE_MESSAGES = 20_000;
    private static final int PREFETCH = 500;

    private final HttpClient http;
    private final WebSocket socket;
    private final BrokerConnection connection;
    private final LiveSubscriber subscriber;
    private final Set<Long> arrived = ConcurrentHashMap.newKeySet();
    private final AtomicInteger sent = new AtomicInteger();
    private final Thread thread = new Thread(this::run, "telemetry");

    private NumberedTelemetry(HttpClient http, WebSocket socket, BrokerConnection connection) {
        this.http = http;
        this.socket = socket;
        this.connection = connection;
        this.subscriber = new LiveSubscriber(
                connection,
                List.of(Exchanges.TELEMETRY),
                new LiveSubscriber.Bounds(QUEUE_MESSAGES, TIME_TO_LIVE, PREFETCH),
                this::take);
    }

    static NumberedTelemetry start(URI ingest, String stream, String brokerUrl)
            throws IOException, InterruptedException {
        var http = HttpClient.newHttpClient();
        try {
            var socket = http.newWebSocketBuilder()
                    .buildAsync(
                            URI.create("ws://" + ingest.getAuthority() + "/ws/telemetry/" + stream),
                            new WebSocket.Listener() {})
                    .join();
            var telemetry = new NumberedTelemetry(
                    http, socket, new BrokerConnection(BrokerAddress.parse(brokerUrl), "bench-telemetry"));
            telemetry.connection.start();
            telemetry.subscriber.start();
            telemetry.awaitSubscribed();
            telemetry.thread.start();
            return telemetry;
        } catch (CompletionException e) {
            http.close();
            throw new IOException("the ingest refuses telemetry", e);
        }
    }

    /// What has been sent so far, and so the number of the next one.
    int sent() {
        return sent.get();
    }

    boolean hasArrived(long number) {
        return arrived.contains(number);
    }

    @Override
    public void close() throws IOException {
        thread.interrupt();
        try {
            thread.join();
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
        socket.abort();
        http.close();
        subscriber.close();
        connection.close();
    }

    private void awaitSubscribed() throws InterruptedException {
        while (!subscriber.isSubscribed()) {
            Thread.sleep(STEP);
        }
    }

    private void take(String exchange, byte[] body) throws MalformedMessageException {
        if (Messages.read(body) instanceof Telemetry telemetry && telemetry.altitudeMetres() != null) {
            arrived.add(telemetry.altitudeMetres().longValue());
        }
    }

    private void run() {
        try {
            while (true) {
                int number = sent.get();
                socket.sendText("{\"altitude_m\":" + number + "}", true).join();
                sent.incrementAndGet();
                Thread.sleep(STEP);
            }
        } catch (CompletionException _) {
            // The ingest is gone: nothing more arrives.
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }
}
