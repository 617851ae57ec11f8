package dev.aerie.ptz.tracks;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aerie.messages.Box;
import dev.aerie.messages.CaptureClock;
import dev.aerie.messages.FrameId;
import dev.aerie.messages.TrackState;
import dev.aerie.ptz.aim.AimMode;
import dev.aerie.ptz.aim.AimTrack;
import dev.aerie.ptz.aim.TargetSelector;
import dev.aerie.ptz.camera.ImagePoint;
import dev.aerie.video.FrameSize;
import dev.aerie.video.FrameStamp;
import dev.aerie.video.HeapFrame;
import dev.aerie.video.VideoFrame;
import dev.aerie.vision.onnx.ModelException;
import dev.aerie.vision.sot.ObjectEstimate;
import dev.aerie.vision.sot.SingleObjectTracker;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/// A click into the middle of the frame; the tracker says what the test tells it.
final class ClickedObjectTest {

    private static final FrameSize SIZE = new FrameSize(200, 100);
    private static final AimTrack PERSON = AimTrack.of(4, "person", 0.8, new Box(90, 20, 20, 60), TrackState.CONFIRMED);
    private static final AimTrack BUS = AimTrack.of(5, "bus", 0.8, new Box(40, 10, 120, 80), TrackState.CONFIRMED);

    private final ToldTracker tracker = new ToldTracker();
    private final ClickedObject clicked = new ClickedObject(tracker);
    private long frames;

    private static final class ToldTracker implements SingleObjectTracker {
        private final List<Box> begun = new ArrayList<>();
        private ObjectEstimate next = new ObjectEstimate(new Box(95, 20, 20, 60), 0.95);

        @Override
        public void begin(VideoFrame frame, Box box) {
            begun.add(box);
        }

        @Override
        public ObjectEstimate update(VideoFrame frame) {
            return next;
        }

        @Override
        public String name() {
            return "told";
        }

        @Override
        public void close() {}
    }

    @Test
    void join_clickOnDetections_smallestIsFollowedBetweenThem() throws ModelException {
        assertThat(clicked.notice(click())).isTrue();
        assertThat(join(PERSON, BUS)).containsExactlyInAnyOrder(PERSON, BUS);
        assertThat(tracker.begun).containsExactly(PERSON.box());

        assertThat(clicked.isFollowing()).isTrue();
        assertThat(join())
                .containsExactly(AimTrack.of(4, "person", 0.95, new Box(95, 20, 20, 60), TrackState.CONFIRMED));
    }

    @Test
    void join_clickOnSomethingUndetected_isAThingOfItsOwn() throws ModelException {
        clicked.notice(click());
        List<AimTrack> tracks = join();

        assertThat(tracks).singleElement().satisfies(one -> {
            assertThat(one.id()).isEqualTo(ClickedObject.FIRST_OWN_ID);
            assertThat(one.label()).isEqualTo("object");
            assertThat(one.box()).isEqualTo(new Box(92.5, 42.5, 15, 15));
        });
        assertThat(join()).singleElement().extracting(AimTrack::id).isEqualTo(ClickedObject.FIRST_OWN_ID);
    }

    @Test
    void join_trackerNotSure_detectionBeginsItAnewElseItGivesUp() throws ModelException {
        clicked.notice(click());
        join(PERSON);
        tracker.next = new ObjectEstimate(new Box(0, 0, 20, 60), 0.7);

        assertThat(join(PERSON)).containsExactly(PERSON);
        assertThat(tracker.begun).hasSize(2);
        for (int i = 0; i < 40; i++) {
            assertThat(join()).isEmpty();
        }
        assertThat(clicked.isFollowing()).isFalse();
        assertThat(join(PERSON, BUS)).containsExactly(PERSON, BUS);
    }

    @Test
    void notice_anotherMode_ends() throws ModelException {
        var mode = click();
        clicked.notice(mode);
        join(PERSON);
        assertThat(clicked.notice(mode)).as("the same click").isFalse();
        assertThat(clicked.notice(new AimMode.Hold())).isFalse();
        assertThat(clicked.isFollowing()).isFalse();
    }

    private static AimMode click() {
        return new AimMode.FollowOne(new TargetSelector.AtPoint(ImagePoint.CENTRE));
    }

    /// A frame, a tenth of a second after the one before.
    private List<AimTrack> join(AimTrack... detected) throws ModelException {
        long number = frames++;
        var stamp = new FrameStamp(
                new FrameId("gate", "01K9JXW7Z3T4V5W6X7Y8Z9ABCD", number), number * 100_000_000, CaptureClock.SENDER);
        return clicked.join(HeapFrame.black(stamp, SIZE), List.of(detected));
    }
}
