package dev.aerie.cli.view;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import dev.aerie.messages.FrameId;
import dev.aerie.messages.FrameResult;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.LinkedHashMap;
import java.util.Optional;
import java.util.function.LongSupplier;

/// Chooses what to show: the newest frame; with masks the newest frame whose own result has come.
///
/// With masks, frames wait for their results; those that nobody processed are never shown, for their objects are
/// unknown. While no result has met its frame for [#PATIENCE], frames are shown as they come, without one. What
/// waits is bounded, in number and bytes: the oldest goes first.
final class FrameMatcher {

    static final Duration PATIENCE = Duration.ofSeconds(3);
    static final int MAX_WAITING = 90;

    private static final long MAX_WAITING_BYTES = 256L << 20;
    private static final int MAX_RESULTS = 256;

    private final LongSupplier nanoTime;

    @GuardedBy("this")
    private final ArrayDeque<ViewedFrame> waiting = new ArrayDeque<>();

    @GuardedBy("this")
    private final LinkedHashMap<FrameId, FrameResult> early = new LinkedHashMap<>();

    @GuardedBy("this")
    private long waitingBytes;

    @GuardedBy("this")
    private boolean masks;

    @GuardedBy("this")
    private long metNanos;

    /// - `nanoTime`: as [System#nanoTime]
    FrameMatcher(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
        this.metNanos = nanoTime.getAsLong() - PATIENCE.toNanos();
    }

    /// Switches masks on or off; waiting frames are forgotten.
    synchronized void showMasks(boolean on) {
        masks = on;
        waiting.clear();
        early.clear();
        waitingBytes = 0;
    }

    /// A frame has come; returns what is shown now, where that changes.
    synchronized Optional<ViewedFrame> add(ViewedFrame frame) {
        if (!masks) {
            return Optional.of(frame);
        }
        FrameResult result = early.remove(frame.id());
        if (result != null) {
            return Optional.of(met(frame, result));
        }
        waiting.addLast(frame);
        waitingBytes += frame.sizeBytes();
        while (waiting.size() > MAX_WAITING || (waitingBytes > MAX_WAITING_BYTES && waiting.size() > 1)) {
            dropOldest();
        }
        return hasResults() ? Optional.empty() : Optional.of(frame);
    }

    /// A result has come; returns the frame that is shown with it, where that waits.
    synchronized Optional<ViewedFrame> add(FrameResult result) {
        if (!masks) {
            return Optional.empty();
        }
        FrameId id = result.envelope().frameId();
        Optional<ViewedFrame> its =
                waiting.stream().filter(frame -> frame.id().equals(id)).findFirst();
        if (its.isEmpty()) {
            early.put(id, result);
            if (early.size() > MAX_RESULTS) {
                early.pollFirstEntry();
            }
        }
        return its.map(frame -> met(frame, result));
    }

    /// Whether frames are shown with their results now.
    synchronized boolean hasResults() {
        return masks && nanoTime.getAsLong() - metNanos < PATIENCE.toNanos();
    }

    synchronized int waiting() {
        return waiting.size();
    }

    /// Older frames than this one are no longer shown.
    @GuardedBy("this")
    private ViewedFrame met(ViewedFrame frame, FrameResult result) {
        metNanos = nanoTime.getAsLong();
        if (waiting.contains(frame)) {
            while (!waiting.isEmpty() && !dropOldest().equals(frame)) {
                // until this one has gone, too
            }
        } else {
            waiting.clear();
            waitingBytes = 0;
        }
        return frame.with(result);
    }

    @GuardedBy("this")
    private ViewedFrame dropOldest() {
        ViewedFrame oldest = waiting.removeFirst();
        waitingBytes -= oldest.sizeBytes();
        return oldest;
    }
}
