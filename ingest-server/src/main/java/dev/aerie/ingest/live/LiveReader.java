package dev.aerie.ingest.live;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import dev.aerie.ingest.relay.RelayReader;
import dev.aerie.video.AccessUnit;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Hands one viewer its pictures. A viewer that reads too slowly loses whole groups of pictures: everything that waits
/// is dropped and counted, and it goes on at the next IDR picture. One that reads nothing for long is sent away.
final class LiveReader implements RelayReader {

    private static final Logger LOG = LoggerFactory.getLogger(LiveReader.class);

    /// Pictures that may wait beyond those a viewer still has to catch up with: about two seconds.
    static final int MAX_BEHIND = 60;

    private static final Duration LONGEST_STALL = Duration.ofSeconds(20);

    private final Wire wire;
    private final LiveFormat format;
    private final Runnable onEnded;
    private final Outbox<Supplier<List<Payload>>> outbox = new Outbox<>(this::write, this::failed);

    @GuardedBy("this")
    private boolean waitsForIdr = true;

    @GuardedBy("this")
    private int mayWait = Integer.MAX_VALUE;

    @GuardedBy("this")
    private long dropped;

    /// Touched by the publisher's thread only.
    private long toldDropped;

    /// `onEnded` is called when the stream that is read has ended; must not block.
    LiveReader(Wire wire, LiveFormat format, Runnable onEnded) {
        this.wire = wire;
        this.format = format;
        this.onEnded = onEnded;
    }

    @Override
    public void accept(AccessUnit unit) {
        if (outbox.stuckNanos(System.nanoTime()) > LONGEST_STALL.toNanos()) {
            wire.close("nothing was read for " + LONGEST_STALL.toSeconds() + " s");
        }
        if (admit(unit)) {
            var notice = newlyDropped();
            outbox.add(() -> join(notice, format.encode(unit)));
        }
    }

    @Override
    public void ended() {
        onEnded.run();
    }

    /// Sends a message behind the pictures that wait.
    void say(Payload payload) {
        outbox.add(() -> List.of(payload));
    }

    /// A stream's cached group follows: all of it may wait.
    synchronized void begin() {
        waitsForIdr = true;
        mayWait = Integer.MAX_VALUE;
    }

    /// The cached group has been handed over: from now on what waits is bounded, tighter and tighter as it drains.
    synchronized void caughtUp() {
        mayWait = outbox.size() + MAX_BEHIND;
    }

    /// Pictures not sent: the viewer was too slow, or they came before an IDR picture.
    synchronized long dropped() {
        return dropped;
    }

    private synchronized boolean admit(AccessUnit unit) {
        if (mayWait != Integer.MAX_VALUE) {
            mayWait = Math.min(mayWait, outbox.size() + MAX_BEHIND);
        }
        if (outbox.size() >= mayWait) {
            dropped += outbox.clear();
            waitsForIdr = true;
        }
        if (waitsForIdr && !unit.isIdr()) {
            dropped++;
            return false;
        }
        waitsForIdr = false;
        return true;
    }

    /// What to tell the viewer in front of the next picture, if pictures were left out since the last.
    private List<Payload> newlyDropped() {
        long total = dropped();
        if (total == toldDropped) {
            return List.of();
        }
        toldDropped = total;
        return List.of(Json.text(new LiveText.Dropped(total)));
    }

    private static List<Payload> join(List<Payload> first, List<Payload> then) {
        return Stream.concat(first.stream(), then.stream()).toList();
    }

    private void failed(Throwable cause) {
        if (!(cause instanceof IOException)) {
            LOG.warn("viewer lost cause={}", String.valueOf(cause));
        }
        wire.close("a picture could not be sent");
    }

    private CompletionStage<Void> write(Supplier<List<Payload>> message) {
        CompletionStage<Void> last = CompletableFuture.completedStage(null);
        for (Payload payload : message.get()) {
            last = wire.send(payload);
        }
        return last;
    }
}
