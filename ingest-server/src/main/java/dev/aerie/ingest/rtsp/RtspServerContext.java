package dev.aerie.ingest.rtsp;

import dev.aerie.ingest.relay.Relay;
import dev.aerie.ingest.relay.RelayStream;
import dev.aerie.limits.ByteBudget;
import dev.aerie.limits.Guesses;
import dev.aerie.limits.Places;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;

/// What all connections of one server share.
final class RtspServerContext {

    private final RtspServerConfig config;
    private final Relay relay;
    private final PublishHandler publishers;
    private final InstantSource clock;
    private final Authenticator authenticator;
    private final Places places;
    private final Guesses guesses = new Guesses(System::nanoTime);
    private final AtomicLong connections = new AtomicLong();
    private final SecureRandom random = new SecureRandom();
    private final LongAdder malformedMessages = new LongAdder();
    private final LongAdder sentUnits = new LongAdder();
    private final ByteBudget cached = ByteBudget.ofProcess();
    private final AtomicInteger pendingUnits = new AtomicInteger();
    private final ConcurrentHashMap<RelayStream, RtspStream> outlets = new ConcurrentHashMap<>();

    RtspServerContext(RtspServerConfig config, Relay relay, PublishHandler publishers, InstantSource clock) {
        this.config = config;
        this.relay = relay;
        this.publishers = publishers;
        this.clock = clock;
        this.authenticator = new Authenticator(
                clock, config.timeouts().nonce(), random, config.access().basic());
        this.places = new Places(
                config.connections().connections(), config.connections().perAddress());
    }

    RtspServerConfig config() {
        return config;
    }

    Authenticator authenticator() {
        return authenticator;
    }

    /// Places for connections.
    Places places() {
        return places;
    }

    Guesses guesses() {
        return guesses;
    }

    /// A number that no other connection of this server has.
    long newConnectionNumber() {
        return connections.incrementAndGet();
    }

    PublishHandler publishers() {
        return publishers;
    }

    /// The stream of this name; refuses with 404 where there is none.
    RelayStream stream(String name) throws RefusedException {
        return relay.find(name).orElseThrow(() -> new RefusedException(404, "no stream " + name + " is published"));
    }

    /// Whether a stream that is not there may come because a reader asked for it.
    boolean mayCome(String name) {
        return relay.mayCome(name);
    }

    /// What readers of this stream share. Those of streams that have ended are forgotten.
    RtspStream outlet(RelayStream stream) {
        forgetEnded();
        return outlets.computeIfAbsent(stream, s -> new RtspStream(s, clock, random, pendingUnits, sentUnits, cached));
    }

    /// 64 random bits in hex.
    String newSessionId() {
        return HexFormat.of().toHexDigits(random.nextLong());
    }

    void countMalformed() {
        malformedMessages.increment();
    }

    RtspServerStats stats(boolean running, boolean threadsAlive, int connections) {
        forgetEnded();
        List<RtspServerStats.StreamStats> streams = relay.streams().stream()
                .map(stream -> outlet(stream).stats())
                .sorted(Comparator.comparing(RtspServerStats.StreamStats::stream))
                .toList();
        return new RtspServerStats(
                running,
                threadsAlive,
                pendingUnits.get(),
                connections,
                malformedMessages.sum(),
                sentUnits.sum(),
                streams);
    }

    private void forgetEnded() {
        outlets.keySet().removeIf(RelayStream::isClosed);
    }
}
