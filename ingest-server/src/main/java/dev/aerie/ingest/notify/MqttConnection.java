package dev.aerie.ingest.notify;

import dev.aerie.threads.Backoff;
import io.netty.handler.codec.mqtt.MqttQoS;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.mqtt.MqttClient;
import io.vertx.mqtt.MqttClientOptions;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A connection to an MQTT broker that is made anew whenever it is lost. While it is away nothing is kept: what is
/// sent then is dropped and counted. Everything happens on one event loop; [#run] brings work there.
final class MqttConnection implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(MqttConnection.class);
    private static final int MAX_UNDERWAY = 1_000;
    private static final int MAX_TASKS = 10_000;
    private static final Duration CLOSE_LIMIT = Duration.ofSeconds(2);

    private final Vertx vertx;
    private final Context loop;
    private final MqttBroker broker;
    private final MqttClientOptions options;
    private final Runnable onConnected;
    private final Backoff backoff = new Backoff();
    private final LongAdder sent = new LongAdder();
    private final LongAdder dropped = new LongAdder();
    private final AtomicInteger tasks = new AtomicInteger();

    /// Of the event loop, as the number of its attempts; null between two of them.
    private @Nullable MqttClient client;

    private int attempts;

    private volatile boolean connected;
    private volatile boolean closed;

    /// - `options`: identity, credentials, TLS and last will
    /// - `onConnected`: runs on the event loop after each connection
    MqttConnection(Vertx vertx, MqttBroker broker, MqttClientOptions options, Runnable onConnected) {
        this.vertx = vertx;
        this.loop = vertx.getOrCreateContext();
        this.broker = broker;
        this.options = options.setMaxInflightQueue(MAX_UNDERWAY);
        this.onConnected = onConnected;
    }

    void start() {
        run(this::connect);
    }

    /// Runs work on the event loop, in order. Never blocks; with too much of it waiting it is dropped and counted.
    void run(Runnable work) {
        if (tasks.incrementAndGet() > MAX_TASKS) {
            tasks.decrementAndGet();
            dropped.increment();
            return;
        }
        loop.runOnContext(_ -> {
            tasks.decrementAndGet();
            work.run();
        });
    }

    /// Sends text with QoS 1; on the event loop.
    ///
    /// - `retain`: whether the broker gives it to those who subscribe later
    void publish(String topic, String text, boolean retain) {
        if (client == null || !connected) {
            dropped.increment();
            return;
        }
        client.publish(topic, Buffer.buffer(text), MqttQoS.AT_LEAST_ONCE, false, retain)
                .onSuccess(_ -> sent.increment())
                .onFailure(_ -> dropped.increment());
    }

    boolean isConnected() {
        return connected;
    }

    long sent() {
        return sent.sum();
    }

    long dropped() {
        return dropped.sum();
    }

    /// Says farewell with `last` and disconnects, within two seconds.
    void close(Runnable last) {
        closed = true;
        var done = new CountDownLatch(1);
        loop.runOnContext(_ -> {
            if (client == null || !connected) {
                done.countDown();
            } else {
                last.run();
                client.disconnect().onComplete(_ -> done.countDown());
            }
        });
        try {
            if (!done.await(CLOSE_LIMIT.toMillis(), TimeUnit.MILLISECONDS)) {
                LOG.warn("mqtt not closed in time host={}", broker.host());
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        close(() -> {});
    }

    private void connect() {
        if (closed) {
            return;
        }
        int number = ++attempts;
        var attempt = MqttClient.create(vertx, options);
        client = attempt;
        attempt.closeHandler(_ -> lost(number));
        attempt.connect(broker.port(), broker.host()).onComplete(result -> {
            if (result.succeeded()) {
                LOG.info("mqtt connected host={} port={}", broker.host(), broker.port());
                backoff.reset();
                connected = true;
                onConnected.run();
            } else {
                retry(number, String.valueOf(result.cause().getMessage()));
            }
        });
    }

    private void lost(int number) {
        if (number == attempts && connected) {
            retry(number, "the connection was closed");
        }
    }

    private void retry(int number, String cause) {
        if (closed || number != attempts || client == null) {
            return;
        }
        client = null;
        connected = false;
        var wait = backoff.next();
        LOG.warn(
                "mqtt lost host={} port={} cause={} retryMillis={}",
                broker.host(),
                broker.port(),
                cause,
                wait.toMillis());
        vertx.setTimer(wait.toMillis(), _ -> connect());
    }
}
