package dev.aerie.service.worker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aerie.messages.StreamEvent;
import dev.aerie.messages.amqp.StreamAssignment;
import dev.aerie.messages.testing.ExampleMessages;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/// Streams for which there is nothing to do: held until their session ends, never given back.
final class SkippedStreamsTest {

    private static final String FIRST = "01K9JXW7Z3T4V5W6X7Y8Z9ABCD";
    private static final String SECOND = "01K9JXW8Z3T4V5W6X7Y8Z9ABCD";

    private final List<String> released = new ArrayList<>();
    private final SkippedStreams skipped = new SkippedStreams();

    @Test
    void hold_stream_isReleasedWithTheEndOfItsSessionAlone() {
        skipped.hold(assigned("drone", FIRST));
        skipped.onStreamEvent(ExampleMessages.streamEvent(StreamEvent.Kind.STALLED, "drone", FIRST));
        skipped.onStreamEvent(ExampleMessages.streamEvent(StreamEvent.Kind.ENDED, "drone", SECOND));
        skipped.onStreamEvent(ExampleMessages.streamEvent(StreamEvent.Kind.ENDED, "gate", FIRST));
        assertThat(released).isEmpty();

        skipped.onStreamEvent(ExampleMessages.streamEvent(StreamEvent.Kind.ENDED, "drone", FIRST));
        assertThat(released).containsExactly("drone " + FIRST);
    }

    @Test
    void hold_nextSession_releasesTheOneBeforeWhateverTheirOrder() {
        skipped.hold(assigned("drone", FIRST));
        skipped.hold(assigned("drone", SECOND));
        assertThat(released).containsExactly("drone " + FIRST);

        skipped.hold(assigned("drone", FIRST));
        assertThat(released).containsExactly("drone " + FIRST, "drone " + FIRST);
    }

    @Test
    void hold_moreThanThereIsRoomFor_releasesTheOldest() {
        for (int i = 0; i <= SkippedStreams.MAX; i++) {
            skipped.hold(assigned("stream" + i, FIRST));
        }

        assertThat(released).containsExactly("stream0 " + FIRST);
    }

    private StreamAssignment assigned(String stream, String session) {
        return StreamAssignment.of(stream, session, new StreamAssignment.Giver() {
            @Override
            public void release(StreamAssignment assignment) {
                released.add(assignment.stream() + " " + assignment.session());
            }

            @Override
            public void giveBack(StreamAssignment assignment) {
                throw new AssertionError("it would come again at once");
            }
        });
    }
}
