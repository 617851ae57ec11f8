package dev.aerie.ingest.rtsp;

import dev.aerie.ingest.relay.RelayStream;
import dev.aerie.ingest.rtp.RtpPacketizer;
import dev.aerie.limits.ByteBudget;
import io.netty.buffer.ByteBufAllocator;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;

/// One relayed stream as RTSP readers see it: with and without trailing delimiters, which are two sequences of packets.
final class RtspStream {

    private final RelayStream stream;
    private final RtpFanout withDelimiters;
    private final RtpFanout plain;
    private final Set<StreamReader> readers = ConcurrentHashMap.newKeySet();
    private final LongAdder sentUnits;
    private final LongAdder droppedUnits = new LongAdder();
    private final LongAdder resumes = new LongAdder();
    private final LongAdder kickedReaders = new LongAdder();

    /// - `pendingUnits`: counts units on their way to event loops
    /// - `sentUnits`: counts units that were sent to a reader, those of other streams too
    /// - `cached`: what the cached groups of all streams may take
    RtspStream(
            RelayStream stream,
            InstantSource clock,
            SecureRandom random,
            AtomicInteger pendingUnits,
            LongAdder sentUnits,
            ByteBudget cached) {
        this.stream = stream;
        this.sentUnits = sentUnits;
        this.withDelimiters = new RtpFanout(stream, packetizer(random, true), clock, pendingUnits, cached);
        this.plain = new RtpFanout(stream, packetizer(random, false), clock, pendingUnits, cached);
    }

    RelayStream stream() {
        return stream;
    }

    RtpFanout broadcast(boolean trailingAud) {
        return trailingAud ? withDelimiters : plain;
    }

    void add(StreamReader reader) {
        readers.add(reader);
    }

    void remove(StreamReader reader) {
        readers.remove(reader);
    }

    void countSent() {
        sentUnits.increment();
    }

    void countDrop() {
        droppedUnits.increment();
    }

    void countResume() {
        resumes.increment();
    }

    void countKick() {
        kickedReaders.increment();
    }

    RtspServerStats.StreamStats stats() {
        var published = stream.stats();
        return new RtspServerStats.StreamStats(
                stream.name(),
                published.unitsPerSecond(),
                published.bitsPerSecond(),
                published.units(),
                droppedUnits.sum(),
                resumes.sum(),
                kickedReaders.sum(),
                readers.stream().map(StreamReader::stats).toList());
    }

    private static RtpPacketizer packetizer(SecureRandom random, boolean trailingAud) {
        return new RtpPacketizer(
                ByteBufAllocator.DEFAULT, random.nextInt(), random.nextInt(1 << 15), random.nextInt(), trailingAud);
    }
}
