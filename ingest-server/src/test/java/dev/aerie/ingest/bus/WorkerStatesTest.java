package dev.aerie.ingest.bus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.aerie.messages.Envelope;
import dev.aerie.messages.Producer;
import dev.aerie.messages.WorkerStatus;
import dev.aerie.messages.WorkerStatus.State;
import dev.aerie.messages.testing.ExampleMessages;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

final class WorkerStatesTest {

    private final AtomicLong nanos = new AtomicLong(1);
    private final WorkerStates states = new WorkerStates(nanos::get);

    @Test
    void of_severalStatuses_isTheNewestOfEachWorkerOnThatStream() {
        tell("drone", "slam-service", "one", State.STARTING);
        tell("drone", "frame-processor", "one", State.RUNNING);
        tell("drone", "slam-service", "one", State.FAILED);
        tell("gate", "frame-processor", "one", State.RECONNECTING);
        states.accept(ExampleMessages.restart());

        assertThat(states.of("drone"))
                .extracting(WorkerStatus::service, WorkerStatus::state)
                .containsExactly(tuple("frame-processor", State.RUNNING), tuple("slam-service", State.FAILED));
    }

    @Test
    void of_silentWorker_isRemoved() {
        tell("drone", "slam-service", "one", State.RUNNING);
        later(WorkerStates.FORGET_AFTER);
        assertThat(states.of("drone")).hasSize(1);
        later(Duration.ofMillis(1));

        assertThat(states.of("drone")).isEmpty();
    }

    @Test
    void of_streamGivenBack_isKnownUntilAnotherOfItsKindHasIt() {
        tell("drone", "slam-service", "one", State.GIVEN_BACK);
        tell("drone", "slam-service", "one", State.ENDED);
        later(WorkerStates.FORGET_AFTER.multipliedBy(2));
        tell("drone", "frame-processor", "two", State.STARTING);
        assertThat(states.of("drone")).extracting(WorkerStatus::instance).containsExactly("two", "one");

        tell("drone", "slam-service", "three", State.STARTING);
        assertThat(states.of("drone")).extracting(WorkerStatus::instance).containsExactly("two", "three");
    }

    @Test
    void accept_endedWork_isRemoved() {
        tell("drone", "slam-service", "one", State.RUNNING);
        tell("drone", "slam-service", "one", State.ENDED);

        assertThat(states.of("drone")).isEmpty();
    }

    @Test
    void accept_moreThanAreKept_forgetsTheOldest() {
        for (int i = 0; i <= WorkerStates.MAX_KEPT; i++) {
            tell("drone", "slam-service", "instance-" + i, State.RUNNING);
        }

        assertThat(states.of("drone"))
                .hasSize(WorkerStates.MAX_KEPT)
                .extracting(WorkerStatus::instance)
                .doesNotContain("instance-0");
    }

    private void later(Duration time) {
        nanos.addAndGet(time.toNanos());
    }

    private void tell(String stream, String service, String instance, State state) {
        var envelope = new Envelope(
                stream, ExampleMessages.SESSION, null, null, null, Instant.EPOCH, Producer.of(service, instance));
        states.accept(new WorkerStatus(envelope, service, instance, state, null, 0));
    }
}
