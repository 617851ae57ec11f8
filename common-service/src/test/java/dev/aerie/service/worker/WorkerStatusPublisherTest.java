package dev.aerie.service.worker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aerie.messages.Producer;
import dev.aerie.messages.WorkerStatus;
import dev.aerie.messages.WorkerStatus.State;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class WorkerStatusPublisherTest {

    private static final String SESSION = "01K9JXW7Z3T4V5W6X7Y8Z9ABCD";

    private final List<StreamStatus> statuses = new ArrayList<>();
    private final List<String> published = new ArrayList<>();
    private final WorkerStatusPublisher publisher = new WorkerStatusPublisher(
            () -> statuses,
            Producer.of("slam-service", "slam-1"),
            InstantSource.fixed(Instant.EPOCH),
            message -> published.add(words((WorkerStatus) message)));

    @Test
    void look_unchanged_isSaidAgainAtEveryFifthLook() {
        statuses.add(status(State.RUNNING, ""));
        for (int i = 0; i < 11; i++) {
            publisher.look();
        }
        assertThat(published).containsExactly("drone RUNNING null", "drone RUNNING null", "drone RUNNING null");
    }

    @Test
    void look_changed_isSaidAtOnceWithItsCause() {
        statuses.add(status(State.RUNNING, ""));
        publisher.look();
        statuses.set(0, status(State.FAILED, "out of memory"));
        publisher.look();
        assertThat(published).containsExactly("drone RUNNING null", "drone FAILED out of memory");
    }

    @Test
    void look_gone_isSaidToHaveEnded() {
        statuses.add(status(State.RUNNING, ""));
        publisher.look();
        statuses.clear();
        publisher.look();
        publisher.look();
        assertThat(published).containsExactly("drone RUNNING null", "drone ENDED null");
    }

    @Test
    void close_saysThatThisReplicaIsDone() {
        statuses.add(status(State.RUNNING, ""));
        publisher.look();
        publisher.close();
        assertThat(published).containsExactly("drone RUNNING null", "drone ENDED null");
    }

    private static StreamStatus status(State state, String cause) {
        return new StreamStatus("drone", SESSION, state, cause, 0);
    }

    private static String words(WorkerStatus status) {
        return status.envelope().stream() + " " + status.state() + " " + status.cause();
    }
}
