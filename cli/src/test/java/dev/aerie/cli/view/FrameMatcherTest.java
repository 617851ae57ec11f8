package dev.aerie.cli.view;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aerie.messages.Box;
import dev.aerie.messages.CaptureClock;
import dev.aerie.messages.Envelope;
import dev.aerie.messages.FrameId;
import dev.aerie.messages.FrameResult;
import dev.aerie.messages.Producer;
import dev.aerie.messages.Timing;
import dev.aerie.messages.TrackState;
import dev.aerie.messages.TrackedObject;
import java.awt.image.BufferedImage;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

final class FrameMatcherTest {

    private final AtomicLong nanos = new AtomicLong(1);
    private final FrameMatcher matcher = new FrameMatcher(nanos::get);

    @Test
    void add_withoutMasks_showsEveryFrameAtOnce() {
        assertThat(matcher.add(frame("a", 1)).map(ViewedFrame::id)).contains(frameOf("a", 1));
        assertThat(matcher.add(result("a", 1))).isEmpty();
        assertThat(matcher.waiting()).isZero();
    }

    @Test
    void add_resultOfAWaitingFrame_showsExactlyThatOneAndForgetsOlderOnes() {
        matcher.showMasks(true);
        for (int i = 1; i <= 5; i++) {
            matcher.add(frame("a", i));
        }

        var shown = matcher.add(result("a", 3)).orElseThrow();

        assertThat(shown.id()).isEqualTo(new FrameId("drone", "a", 3));
        assertThat(shown.result().orElseThrow().envelope().frameNumber()).isEqualTo(3);
        assertThat(matcher.waiting()).isEqualTo(2);
        assertThat(matcher.add(result("a", 2))).as("older than what is shown").isEmpty();
        assertThat(matcher.add(result("a", 4))).isPresent();
    }

    @Test
    void add_resultOfAnotherSession_matchesNothing() {
        matcher.showMasks(true);
        matcher.add(frame("a", 3));

        assertThat(matcher.add(result("b", 3))).isEmpty();
        assertThat(matcher.waiting()).isEqualTo(1);
    }

    @Test
    void add_frameAfterItsResult_isShownWithIt() {
        matcher.showMasks(true);
        matcher.add(result("a", 7));
        matcher.add(frame("a", 6));

        assertThat(matcher.add(frame("a", 7)).flatMap(ViewedFrame::result)).contains(result("a", 7));
        assertThat(matcher.waiting()).isZero();
    }

    @Test
    void add_framesWithoutResults_areShownAsTheyComeOnceNoneWasMetForAWhile() {
        matcher.showMasks(true);
        matcher.add(frame("a", 1));
        assertThat(matcher.add(result("a", 1))).isPresent();
        assertThat(matcher.add(frame("a", 2))).isEmpty();
        assertThat(matcher.hasResults()).isTrue();

        nanos.addAndGet(FrameMatcher.PATIENCE.toNanos());

        assertThat(matcher.hasResults()).isFalse();
        assertThat(matcher.add(frame("a", 3)))
                .hasValueSatisfying(shown -> assertThat(shown.result()).isEmpty());
    }

    @Test
    void add_framesNobodyProcesses_doNotPileUp() {
        matcher.showMasks(true);
        for (int i = 0; i < 10 * FrameMatcher.MAX_WAITING; i++) {
            matcher.add(frame("a", i));
        }
        assertThat(matcher.waiting()).isEqualTo(FrameMatcher.MAX_WAITING);
    }

    private static FrameId frameOf(String session, long number) {
        return new FrameId("drone", session, number);
    }

    private static ViewedFrame frame(String session, long number) {
        return new ViewedFrame(
                frameOf(session, number), new BufferedImage(4, 2, BufferedImage.TYPE_3BYTE_BGR), Optional.empty());
    }

    static FrameResult result(String session, long number) {
        var envelope = Envelope.ofFrame(
                frameOf(session, number),
                1,
                CaptureClock.SENDER,
                Instant.ofEpochSecond(1),
                Producer.of("frame-processor", "one"));
        var object = TrackedObject.ofBox(7, "van", 0.91, new Box(1, 1, 2, 1), TrackState.CONFIRMED, 3);
        return new FrameResult(envelope, 4, 2, "bytetrack", new Timing(0, 0, 0, 0), List.of(object));
    }
}
