package dev.aerie.service.direct;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aerie.messages.amqp.StreamAssignment;
import dev.aerie.messages.amqp.StreamWorkQueue;
import dev.aerie.messages.testing.Eventually;
import dev.aerie.rtsp.RelayAddress;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;

final class DirectStreamTest {

    private static final Duration LIMIT = Duration.ofSeconds(20);
    private static final Duration AT_ONCE = Duration.ofMillis(10);

    private final List<StreamAssignment> assigned = new CopyOnWriteArrayList<>();

    @Test
    void start_ownStream_isAssignedInALocalSession() throws Exception {
        try (var own = own(Optional.of("rtsp://127.0.0.1/live"), AT_ONCE)) {
            own.start();
            Eventually.holds("assigned", LIMIT, () -> assigned.size() == 1);
            assertThat(assigned.getFirst().stream()).isEqualTo("live");
            assertThat(assigned.getFirst().session()).startsWith("local-");
        }
    }

    @Test
    void giveBack_orRelease_isAssignedAnewInASessionOfItsOwn() throws Exception {
        try (var own = own(Optional.of("drone"), AT_ONCE)) {
            own.start();
            Eventually.holds("assigned", LIMIT, () -> assigned.size() == 1);
            assigned.getFirst().giveBack();
            Eventually.holds("assigned again", LIMIT, () -> assigned.size() == 2);
            assigned.getFirst().release();
            assigned.get(1).release();
            Eventually.holds("and again", LIMIT, () -> assigned.size() == 3);
            assertThat(assigned.stream().map(StreamAssignment::session)).doesNotHaveDuplicates();
        }
        assertThat(assigned)
                .as("a second word about an old assignment counts for nothing")
                .hasSize(3);
    }

    @Test
    void close_whileItWaits_assignsNothingMore() throws Exception {
        var own = own(Optional.of("drone"), Duration.ofHours(1));
        own.start();
        Eventually.holds("assigned", LIMIT, () -> assigned.size() == 1);
        assigned.getFirst().release();
        own.close();
        assertThat(assigned).hasSize(1);
    }

    @Test
    void start_withoutOwnStream_assignsNothing() {
        try (var own = own(Optional.empty(), AT_ONCE)) {
            own.start();
        }
        assertThat(assigned).isEmpty();
    }

    private DirectStream own(Optional<String> name, Duration again) {
        var relay = new RelayAddress("127.0.0.1", 8554, Optional.empty(), Optional.empty());
        var selection = StreamSelection.of(relay, name, Optional.empty(), Optional.empty());
        return new DirectStream(selection, new Worker(), InstantSource.system(), new Random(1), again);
    }

    private final class Worker implements StreamWorkQueue.Worker {

        @Override
        public void assigned(StreamAssignment assignment) {
            assigned.add(assignment);
        }

        @Override
        public void revoked(StreamAssignment assignment) {
            throw new IllegalStateException("nobody else can have it");
        }
    }
}
