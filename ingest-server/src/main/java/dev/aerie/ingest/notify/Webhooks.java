package dev.aerie.ingest.notify;

import dev.aerie.ingest.source.SourceHosts;
import dev.aerie.ingest.watch.TrackChange;
import dev.aerie.messages.Alert;
import dev.aerie.threads.Backoff;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.function.ToLongFunction;
import java.util.random.RandomGenerator;

/// Delivers alerts, and tracks that begin and end, to the URLs of `WEBHOOKS`. Thread-safe.
public final class Webhooks implements AutoCloseable {

    private static final Duration FIRST_RETRY = Duration.ofSeconds(1);
    private static final Duration LONGEST_RETRY = Duration.ofSeconds(60);

    private final List<Webhook> webhooks;
    private final InstantSource clock;

    /// - `urls`: `http` or `https`
    /// - `secret`: of the signatures; none are made without one
    /// - `hosts`: where webhooks may go
    public Webhooks(
            List<String> urls,
            Optional<String> secret,
            SourceHosts hosts,
            InstantSource clock,
            RandomGenerator random) {
        this(urls, secret, hosts, clock, () -> Backoff.doubling(FIRST_RETRY, LONGEST_RETRY, random));
    }

    Webhooks(
            List<String> urls,
            Optional<String> secret,
            SourceHosts hosts,
            InstantSource clock,
            Supplier<Backoff> backoffs) {
        this.clock = clock;
        var signature = secret.map(WebhookSignature::new);
        var made = new ArrayList<Webhook>();
        for (String url : urls) {
            made.add(new Webhook(
                    URI.create(url.strip()), signature, hosts, clock, backoffs, Integer.toString(made.size() + 1)));
        }
        webhooks = List.copyOf(made);
    }

    /// Whether a secret can be used.
    public static boolean isSecret(String secret) {
        return WebhookSignature.isSecret(secret);
    }

    public boolean isEmpty() {
        return webhooks.isEmpty();
    }

    public void start() {
        webhooks.forEach(Webhook::start);
    }

    /// Never blocks.
    public void accept(Alert alert) {
        offer(EventText.of(alert, clock.instant()));
    }

    /// Never blocks. Updates are passed by.
    public void accept(TrackChange change) {
        if (change.kind() != TrackChange.Kind.UPDATED) {
            offer(EventText.of(change, clock.instant()));
        }
    }

    /// Events that were answered with 2xx.
    public long delivered() {
        return sum(Webhook::delivered);
    }

    /// Events that were given up: refused, tried too often, or too many of them.
    public long dropped() {
        return sum(Webhook::dropped);
    }

    /// Events that wait for their first attempt.
    public long waiting() {
        return sum(Webhook::waiting);
    }

    @Override
    public void close() {
        webhooks.forEach(Webhook::close);
    }

    private void offer(EventText event) {
        webhooks.forEach(webhook -> webhook.offer(event));
    }

    private long sum(ToLongFunction<Webhook> count) {
        return webhooks.stream().mapToLong(count).sum();
    }
}
