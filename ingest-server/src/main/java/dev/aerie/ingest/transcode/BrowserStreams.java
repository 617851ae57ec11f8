package dev.aerie.ingest.transcode;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import dev.aerie.ingest.relay.Relay;
import dev.aerie.ingest.relay.RelayStream;
import dev.aerie.limits.ByteBudget;
import dev.aerie.rtsp.ffmpeg.VideoDecoders;
import dev.aerie.video.VideoCodec;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;

/// The relayed streams as H.264: those that are H.264 as they are, the others through one [SharedTranscoder] each,
/// which runs while it has readers. Thread-safe; [#tick] is called about once a second.
public final class BrowserStreams implements AutoCloseable {

    /// A transcoder without readers goes on for so long: a page that is loaded again finds it running.
    private static final Duration LINGER = Duration.ofSeconds(3);

    /// Of the memory for objects: what may wait for transcoders.
    private static final int PART_OF_MEMORY = 8;
    private static final Duration MAX_WAIT = Duration.ofSeconds(8);
    private static final Duration LOOK_EVERY = Duration.ofMillis(100);

    private final Relay relay;
    private final int maxTranscoders;
    private final LongSupplier nanoTime;
    private final VideoDecoders decoders;

    @GuardedBy("this")
    private final Map<RelayStream, SharedTranscoder> transcoders = new HashMap<>();

    @GuardedBy("this")
    private long droppedByEnded;

    /// What waits for all transcoders.
    private final ByteBudget waiting = ByteBudget.ofProcess(PART_OF_MEMORY);

    /// - `maxTranscoders`: at once; 0 for none at all
    /// - `nanoTime`: monotonic
    /// - `decoders`: whose device decodes, not closed here
    public BrowserStreams(Relay relay, int maxTranscoders, LongSupplier nanoTime, VideoDecoders decoders) {
        this.decoders = decoders;
        this.relay = relay;
        this.maxTranscoders = maxTranscoders;
        this.nanoTime = nanoTime;
    }

    /// How a stream can be seen as H.264 now.
    public sealed interface Found {

        /// Nothing of this name is live.
        record NotLive() implements Found {}

        /// To be read from this stream, which is the relayed one or made of it; a reader subscribes soon.
        record Live(RelayStream stream) implements Found {}

        /// It would have to be transcoded, and that is not possible; `reason` for people, a sentence.
        record Refused(String reason) implements Found {}
    }

    public Found find(String name) {
        var live = relay.find(name);
        var codec = live.flatMap(RelayStream::codec);
        if (live.isEmpty() || codec.isEmpty()) {
            return new Found.NotLive();
        }
        return codec.get() == VideoCodec.H264 ? new Found.Live(live.get()) : transcoded(live.get(), codec.get());
    }

    /// As [#find], but waits for one that has no frame yet or may come because it was asked for, 8 s at most.
    public Found await(String name) throws InterruptedException {
        long begunNanos = nanoTime.getAsLong();
        var found = find(name);
        while (found instanceof Found.NotLive
                && (relay.published(name).isPresent() || relay.mayCome(name))
                && nanoTime.getAsLong() - begunNanos < MAX_WAIT.toNanos()) {
            Thread.sleep(LOOK_EVERY);
            found = find(name);
        }
        return found;
    }

    /// Whether a stream that is not live may come because it was asked for.
    public boolean mayCome(String name) {
        return relay.mayCome(name);
    }

    /// The stream as H.264; empty where [#find] finds nothing to read.
    public Optional<RelayStream> readable(String name) {
        return find(name) instanceof Found.Live(RelayStream stream) ? Optional.of(stream) : Optional.empty();
    }

    /// Ends transcoders that nobody reads and those of streams that have ended.
    public void tick() {
        long now = nanoTime.getAsLong();
        List<SharedTranscoder> idle;
        synchronized (this) {
            idle = transcoders.values().stream()
                    .filter(each -> each.isIdle(now, LINGER))
                    .toList();
            idle.forEach(each -> {
                transcoders.remove(each.source());
                droppedByEnded += each.dropped();
            });
        }
        idle.forEach(SharedTranscoder::close);
    }

    /// How many run now.
    public synchronized int running() {
        return transcoders.size();
    }

    /// Frames that were dropped because they could not be transcoded in time.
    public synchronized long dropped() {
        return droppedByEnded
                + transcoders.values().stream()
                        .mapToLong(SharedTranscoder::dropped)
                        .sum();
    }

    @Override
    public void close() {
        List<SharedTranscoder> all;
        synchronized (this) {
            all = new ArrayList<>(transcoders.values());
            transcoders.clear();
        }
        all.forEach(SharedTranscoder::close);
    }

    private Found transcoded(RelayStream source, VideoCodec codec) {
        SharedTranscoder begun;
        synchronized (this) {
            var known = transcoders.get(source);
            if (known != null) {
                known.touch(nanoTime.getAsLong());
                return new Found.Live(known.output());
            }
            if (transcoders.size() >= maxTranscoders) {
                return new Found.Refused("This stream is " + codec.title() + ", which this browser cannot decode, and "
                        + (maxTranscoders == 0
                                ? "the server converts no video (TRANSCODERS=0)."
                                : "all " + maxTranscoders + " converters of the server are in use (TRANSCODERS)."));
            }
            begun = new SharedTranscoder(
                    source, codec, relay.unlisted(source.name()), nanoTime.getAsLong(), waiting, decoders);
            transcoders.put(source, begun);
        }
        begun.start(); // without the lock: the relay calls back under its own
        return new Found.Live(begun.output());
    }
}
