package dev.aerie.service.worker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aerie.messages.Envelope;
import dev.aerie.messages.Exchanges;
import dev.aerie.messages.MalformedMessageException;
import dev.aerie.messages.Messages;
import dev.aerie.messages.Producer;
import dev.aerie.messages.RestartRequest;
import dev.aerie.messages.StreamEvent;
import dev.aerie.messages.amqp.StreamAssignment;
import dev.aerie.messages.amqp.StreamAssignments;
import dev.aerie.messages.testing.ExampleMessages;
import dev.aerie.rtsp.ConsumerHealth;
import dev.aerie.rtsp.ConsumerState;
import dev.aerie.rtsp.ConsumerStatistics;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;

/// What is told of streams, in which order, by a job that writes down what is asked of it. Closing waits for every
/// change that was heard of before, so each test looks behind it.
final class StreamWorkersTest {

    private static final String SERVICE = "slam-service";
    private static final String EARLY = "01K9JXW6Z3T4V5W6X7Y8Z9ABCD";
    private static final String LATE = "01K9JXW7Z3T4V5W6X7Y8Z9ABCD";

    private final List<String> told = new CopyOnWriteArrayList<>();
    private final StreamWorkers<Work> workers = new StreamWorkers<>(SERVICE, new Job());

    @Test
    void assigned_newerSession_oldOneIsClosedThenEndedThenTheNewBegun() {
        assign("drone", EARLY);
        assign("drone", LATE);
        workers.close();
        assertThat(told)
                .containsExactly(
                        "begin drone " + EARLY,
                        "close drone " + EARLY,
                        "left drone " + EARLY,
                        "ended drone " + EARLY,
                        "begin drone " + LATE,
                        "close drone " + LATE,
                        "left drone " + LATE);
        assertThat(workers.all()).isEmpty();
    }

    @Test
    void assigned_olderSessionThanTheOneWorkedOn_isNotBegun() {
        assign("drone", LATE);
        assign("drone", EARLY);
        workers.close();
        assertThat(told).first().isEqualTo("begin drone " + LATE);
        assertThat(told).noneMatch(line -> line.endsWith(EARLY));
    }

    @Test
    void assigned_refused_isNotThereAndTheNextIs() {
        assign("refused", EARLY);
        assign("drone", EARLY);
        workers.close();
        assertThat(told).containsExactly("begin drone " + EARLY, "close drone " + EARLY, "left drone " + EARLY);
    }

    @Test
    void revoked_isClosedButNotEnded() {
        var assignment = assign("drone", EARLY);
        workers.revoked(assignment);
        workers.close();
        assertThat(told).containsExactly("begin drone " + EARLY, "close drone " + EARLY, "left drone " + EARLY);
    }

    @Test
    void accept_endOfAnotherSession_isIgnoredAndOfThisOneHeeded() throws MalformedMessageException {
        assign("drone", LATE);
        hear(StreamEvent.Kind.ENDED, EARLY);
        hear(StreamEvent.Kind.STALLED, LATE);
        hear(StreamEvent.Kind.ENDED, LATE);
        workers.close();
        assertThat(told)
                .containsExactly(
                        "begin drone " + LATE, "close drone " + LATE, "left drone " + LATE, "ended drone " + LATE);
    }

    @Test
    void accept_requestToRestart_concernsOurServiceOnly() throws MalformedMessageException {
        assign("drone", EARLY);
        askToRestart("frame-processor");
        askToRestart(SERVICE);
        workers.close();
        assertThat(told)
                .containsExactly(
                        "begin drone " + EARLY,
                        "close drone " + EARLY,
                        "left drone " + EARLY,
                        "again drone " + EARLY,
                        "close drone " + EARLY,
                        "left drone " + EARLY);
    }

    @Test
    void close_severalStreams_closesThemSideBySide() {
        assign("left", EARLY);
        assign("right", EARLY);
        workers.close();
        assertThat(told).contains("close left " + EARLY, "close right " + EARLY);
        assertThat(workers.find("left")).isEmpty();
    }

    @Test
    void flow_sayStateAgeAndCause() {
        var work = new Work(StreamAssignments.of(event(StreamEvent.Kind.STARTED, "drone", EARLY)));
        assertThat(work.flow("recorded")).isEqualTo("connecting, last frame 12 ms ago, refused");
    }

    private StreamAssignment assign(String stream, String session) {
        var assignment = StreamAssignments.of(event(StreamEvent.Kind.STARTED, stream, session));
        workers.assigned(assignment);
        return assignment;
    }

    private void hear(StreamEvent.Kind kind, String session) throws MalformedMessageException {
        workers.accept(Exchanges.STREAM_EVENTS, Messages.write(event(kind, "drone", session)));
    }

    private void askToRestart(String service) throws MalformedMessageException {
        var envelope = Envelope.ofRequest("drone", Instant.EPOCH, Producer.of("dashboard", "test"));
        workers.accept(Exchanges.RESTART, Messages.write(new RestartRequest(envelope, service, "test")));
    }

    private static StreamEvent event(StreamEvent.Kind kind, String stream, String session) {
        return ExampleMessages.streamEvent(kind, stream, session);
    }

    private final class Job implements StreamWorkers.Job<Work> {

        @Override
        public Work begin(StreamAssignment assignment, WorkListener listener) {
            if (assignment.stream().equals("refused")) {
                throw new WorkerNotStartableException("no model", new IllegalStateException());
            }
            return note("begin", new Work(assignment));
        }

        @Override
        public Work again(Work before, WorkListener listener) {
            return note("again", new Work(before.assignment()));
        }

        @Override
        public void left(Work work) {
            note("left", work);
        }

        @Override
        public void ended(StreamAssignment assignment) {
            note("ended", new Work(assignment));
        }
    }

    private Work note(String what, Work work) {
        told.add(what + " " + work.stream() + " " + work.session());
        return work;
    }

    private final class Work implements StreamWorker {

        private final StreamAssignment assignment;

        Work(StreamAssignment assignment) {
            this.assignment = assignment;
        }

        @Override
        public StreamAssignment assignment() {
            return assignment;
        }

        @Override
        public ConsumerHealth health() {
            return new ConsumerHealth(ConsumerState.CONNECTING, "refused");
        }

        @Override
        public ConsumerStatistics statistics() {
            var age = Optional.of(Duration.ofMillis(12));
            return new ConsumerStatistics(
                    ConsumerState.CONNECTING, 0, 0, 0, 0, Duration.ZERO, Duration.ZERO, Map.of(), age);
        }

        @Override
        public void close() {
            note("close", this);
        }
    }
}
