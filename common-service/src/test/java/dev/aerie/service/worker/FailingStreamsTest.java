package dev.aerie.service.worker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aerie.messages.StreamEvent;
import dev.aerie.messages.WorkerStatus;
import dev.aerie.messages.amqp.StreamAssignment;
import dev.aerie.messages.amqp.StreamAssignments;
import dev.aerie.messages.testing.Eventually;
import dev.aerie.messages.testing.ExampleMessages;
import dev.aerie.rtsp.ConsumerHealth;
import dev.aerie.rtsp.ConsumerState;
import dev.aerie.rtsp.ConsumerStatistics;
import dev.aerie.threads.Backoff;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// Work that fails, or cannot be begun: tried again, given back, and said, alone.
final class FailingStreamsTest {

    private static final Duration LIMIT = Duration.ofSeconds(20);
    private static final String EARLY = "01K9JXW6Z3T4V5W6X7Y8Z9ABCD";
    private static final String LATE = "01K9JXW7Z3T4V5W6X7Y8Z9ABCD";
    private static final Duration SHORT = Duration.ofMillis(5);

    private final List<Work> begun = new CopyOnWriteArrayList<>();
    private final List<String> saidOfBad = new CopyOnWriteArrayList<>();
    private final AtomicInteger attempts = new AtomicInteger();
    private int refusals;
    private final StreamWorkers<Work> workers = new StreamWorkers<>(
            "slam-service", this::begin, new StreamWorkers.Retries(List.of(SHORT), SHORT, Duration.ofMillis(300)));

    @AfterEach
    void close() {
        workers.close();
    }

    @Test
    void begin_libraryMissing_isTriedAgainUntilItIsThere() throws InterruptedException {
        refusals = 3;
        assign("bad", EARLY);

        until("begun", () -> begun.size() == 1);

        assertThat(attempts).hasValue(4);
        assertThat(saidOfBad).isEmpty();
    }

    @Test
    void begin_failsForEver_isGivenBackWithItsCauseAndTheOthersGoOn() throws InterruptedException {
        refusals = Integer.MAX_VALUE;
        assign("good", EARLY);
        assign("bad", EARLY);

        until("given back", () -> saidOfBad.contains("basicNack"));

        assertThat(attempts).hasValue(1 + StreamWorkers.MAX_FAILURES);
        assertThat(workers.find("good")).isPresent();
        assertThat(workers.find("good").orElseThrow().closed).isFalse();
        assertThat(workers.isResponsive()).isTrue();
    }

    @Test
    void statuses_nothingButFailures_sayTheCauseAndTroubleTheReplica() throws InterruptedException {
        refusals = Integer.MAX_VALUE;
        assign("bad", EARLY);

        until("failed", () -> !workers.trouble().isEmpty());

        assertThat(workers.trouble()).contains("bad", "UnsatisfiedLinkError", "libopencv_core");
        assign("good", EARLY);
        until("no trouble", () -> workers.trouble().isEmpty());
    }

    @Test
    void status_beforeTheFirstBeginning_isStartingAndNoFailure() {
        var event = ExampleMessages.streamEvent(StreamEvent.Kind.STARTED, "good", EARLY);
        var slot = new WorkerSlot<Work>(StreamAssignments.of(event), new Backoff());

        assertThat(slot.status().state()).isEqualTo(WorkerStatus.State.STARTING);
        slot.failed(new UnsatisfiedLinkError("no libopencv_core"), false);
        assertThat(slot.status().state()).isEqualTo(WorkerStatus.State.FAILED);
        assertThat(slot.status().cause()).contains("no libopencv_core");
    }

    @Test
    void failed_whileFramesFlow_isBegunAnewAlone() throws InterruptedException {
        assign("good", EARLY);
        assign("bad", EARLY);
        until("both begun", () -> begun.size() == 2);
        Work failing = workers.find("bad").orElseThrow();

        failing.fail(new StackOverflowError("in a detector"));

        until("begun anew", () -> begun.size() == 3);
        assertThat(failing.closed).isTrue();
        assertThat(begun.getLast().stream()).isEqualTo("bad");
        assertThat(begun.getFirst().closed).isFalse();
        assertThat(saidOfBad).isEmpty();
    }

    @Test
    void failed_againAndAgainWithFramesInBetween_isNeverGivenBack() throws InterruptedException {
        assign("bad", EARLY);
        for (int i = 1; i <= 3 * StreamWorkers.MAX_FAILURES; i++) {
            int expected = i;
            until("begun " + i, () -> begun.size() == expected);
            begun.getLast().framesFlowed = true;
            begun.getLast().fail(new IllegalStateException("sometimes"));
        }
        until("begun once more", () -> begun.size() == 1 + 3 * StreamWorkers.MAX_FAILURES);

        assertThat(saidOfBad).isEmpty();
    }

    @Test
    void assigned_clockOfTheIngestSetBack_framesOfTheNewSessionDecide() throws InterruptedException {
        assign("bad", LATE);
        until("begun", () -> begun.size() == 1);
        begun.getFirst().seen = EARLY;
        assign("bad", EARLY);

        until("the session that is served", () -> begun.size() == 2);

        assertThat(begun.getLast().session()).isEqualTo(EARLY);
    }

    @Test
    void assigned_messageOfADeadSession_isTakenOffTheQueueWhileFramesFlow() throws InterruptedException {
        assign("bad", LATE);
        until("begun", () -> begun.size() == 1);
        begun.getFirst().seen = LATE;

        assign("bad", EARLY);
        until("released", () -> saidOfBad.contains("basicAck"));

        assertThat(begun).hasSize(1);
        assertThat(begun.getFirst().closed).isFalse();
    }

    private void assign(String stream, String session) {
        var event = ExampleMessages.streamEvent(StreamEvent.Kind.STARTED, stream, session);
        workers.assigned(stream.equals("bad") ? StreamAssignments.held(event, saidOfBad) : StreamAssignments.of(event));
    }

    private Work begin(StreamAssignment assignment, WorkListener listener) {
        if (assignment.stream().equals("bad") && attempts.incrementAndGet() <= refusals) {
            throw new UnsatisfiedLinkError("no libopencv_core in java.library.path");
        }
        var work = new Work(assignment, listener);
        begun.add(work);
        return work;
    }

    private static void until(String what, BooleanSupplier condition) throws InterruptedException {
        Eventually.holds(what, LIMIT, condition);
    }

    private static final class Work implements StreamWorker {

        private final StreamAssignment assignment;
        private final WorkListener listener;
        private volatile boolean closed;
        private volatile boolean framesFlowed;
        private volatile String seen = "";
        private volatile ConsumerHealth health = new ConsumerHealth(ConsumerState.LIVE, "");

        Work(StreamAssignment assignment, WorkListener listener) {
            this.assignment = assignment;
            this.listener = listener;
        }

        void fail(Throwable cause) {
            health = new ConsumerHealth(ConsumerState.FAILED, cause.toString());
            listener.failed(cause);
        }

        @Override
        public StreamAssignment assignment() {
            return assignment;
        }

        @Override
        public ConsumerHealth health() {
            return health;
        }

        @Override
        public String seenSession() {
            return seen;
        }

        @Override
        public ConsumerStatistics statistics() {
            return new ConsumerStatistics(
                    health.state(),
                    0,
                    0,
                    0,
                    framesFlowed ? 1 : 0,
                    Duration.ZERO,
                    Duration.ZERO,
                    Map.of(),
                    Optional.empty());
        }

        @Override
        public void close() {
            closed = true;
        }
    }
}
