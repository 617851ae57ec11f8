package dev.aerie.ptz.command;

import dev.aerie.ptz.camera.PtzCamera;
import dev.aerie.ptz.camera.PtzCapabilities;
import dev.aerie.ptz.camera.PtzException;
import dev.aerie.ptz.camera.PtzException.Reason;
import dev.aerie.ptz.camera.PtzPosition;
import dev.aerie.ptz.command.CommandSchedule.Step;
import dev.aerie.ptz.command.CommanderStatus.State;
import dev.aerie.threads.BackgroundThread;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// Sends commands to one camera, on a thread of its own, so that a camera that hangs keeps nobody waiting. The newest
/// command wins; see [CommandSchedule] for when it is sent, and for how every move ends.
///
/// The first thing that a camera is told is to stop: a service that was killed may have left it moving. So is the last.
///
/// Owns the camera and its thread until [#close]. Safe for several threads.
public final class CameraCommander implements AutoCloseable {

    private static final int MAX_REQUESTS = 16;
    private static final Duration LAST_STOP_LIMIT = Duration.ofSeconds(4);
    private static final long MAX_WAIT_NANOS = Duration.ofSeconds(1).toNanos();

    private final PtzCamera camera;
    private final CommandLimits limits;
    private final CommanderListener listener;
    private final BackgroundThread thread;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final CommandSchedule schedule;
    private final Queue<Question<?>> requests = new ArrayDeque<>();
    private boolean closing;
    private long positionDueNanos = System.nanoTime();
    private volatile CommanderStatus status = CommanderStatus.NEW;
    private volatile @Nullable PtzCapabilities capabilities;

    private record Question<T>(CameraRequest<T> request, CompletableFuture<T> answer) {

        void run(PtzCamera camera) throws PtzException {
            try {
                answer.complete(request.ask(camera));
            } catch (PtzException e) {
                answer.completeExceptionally(e);
                throw e;
            } catch (RuntimeException | Error e) {
                answer.completeExceptionally(e);
                throw e;
            }
        }
    }

    /// - `name`: of the camera, in the thread's name
    /// - `camera`: owned from here on
    public CameraCommander(String name, PtzCamera camera, CommandLimits limits, CommanderListener listener) {
        this.camera = camera;
        this.limits = limits;
        this.listener = listener;
        this.schedule = new CommandSchedule(limits);
        this.thread = BackgroundThread.of("camera", name, this::run);
        schedule.oweStop("the service starts");
    }

    public void start() {
        thread.start();
    }

    /// Puts an order in place of the one that waits. Never waits. Of a camera that is known not to answer it fails at
    /// once; a stop is tried nevertheless until it has been taken.
    public void give(Order order) {
        lock.lock();
        try {
            if (closing) {
                order.superseded();
                return;
            }
            if (isKnownToFail()) {
                // Done later, when nobody expects it, it would surprise.
                order.failed(new PtzException(Reason.UNREACHABLE, status.cause()));
                if (order.command() instanceof CameraCommand.Stop(String cause)) {
                    schedule.oweStop(cause);
                }
                return;
            }
            schedule.offer(order);
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /// Asks the camera something, between moves. The answer completes exceptionally by a [PtzException] where the
    /// camera gives none; at once where it is known not to answer.
    public <T> CompletableFuture<T> ask(CameraRequest<T> request) {
        var asked = new Question<>(request, new CompletableFuture<>());
        lock.lock();
        try {
            if (isKnownToFail()) {
                asked.answer.completeExceptionally(new PtzException(Reason.UNREACHABLE, status.cause()));
            } else if (closing || requests.size() >= MAX_REQUESTS) {
                asked.answer.completeExceptionally(new PtzException(Reason.BUSY, "too many requests wait"));
            } else {
                requests.add(asked);
                changed.signalAll();
            }
        } finally {
            lock.unlock();
        }
        return asked.answer;
    }

    private boolean isKnownToFail() {
        return status.state() != State.STARTING && !status.isReady();
    }

    public CommanderStatus status() {
        return status;
    }

    /// What the camera can do; empty until it has said so.
    public Optional<PtzCapabilities> capabilities() {
        return Optional.ofNullable(capabilities);
    }

    /// Stops the camera, tries so for some seconds where it does not answer, and lets go of it.
    @Override
    public void close() {
        lock.lock();
        try {
            closing = true;
            schedule.supersede();
            schedule.oweStop("the service ends");
            changed.signalAll();
        } finally {
            lock.unlock();
        }
        try {
            thread.finish(LAST_STOP_LIMIT);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
        thread.close();
        camera.close();
    }

    private sealed interface Action {
        record Send(Order order) implements Action {}

        record Stop(String cause) implements Action {}

        record Ask(Question<?> asked) implements Action {}

        record Look() implements Action {}
    }

    private void run() throws InterruptedException {
        for (Action action = await(); action != null; action = await()) {
            switch (action) {
                case Action.Send(Order order) -> send(order);
                case Action.Stop(String cause) -> stop(cause);
                case Action.Ask(Question<?> asked) -> ask(asked);
                case Action.Look() -> look();
            }
        }
    }

    /// What to do next; null at the end.
    private @Nullable Action await() throws InterruptedException {
        lock.lockInterruptibly();
        try {
            while (!closing || schedule.owesStop()) {
                long now = System.nanoTime();
                switch (schedule.next(now, MAX_WAIT_NANOS)) {
                    case Step.Send(Order order) -> {
                        return new Action.Send(order);
                    }
                    case Step.Stop(String cause) -> {
                        return new Action.Stop(cause);
                    }
                    case Step.Wait(long nanos) -> {
                        boolean isFree = !schedule.isRetrying(now);
                        if (isFree && !requests.isEmpty()) {
                            return new Action.Ask(requests.remove());
                        }
                        if (isFree && positionDueNanos - now <= 0) {
                            return new Action.Look();
                        }
                        changed.awaitNanos(isFree ? Math.min(nanos, positionDueNanos - now) : nanos);
                    }
                }
            }
            return null;
        } finally {
            lock.unlock();
        }
    }

    private void send(Order order) {
        long begun = System.nanoTime();
        try {
            switch (order.command()) {
                case CameraCommand.Move(var velocity, long until) ->
                    camera.moveAt(velocity, Duration.ofNanos(Math.max(1, until - begun)));
                case CameraCommand.MoveBy(double pan, double tilt, double zoom) -> camera.moveBy(pan, tilt, zoom);
                case CameraCommand.MoveTo(var position) -> camera.moveTo(position);
                case CameraCommand.GoToPreset(String id) -> camera.goToPreset(id);
                case CameraCommand.Stop _ -> camera.stop();
            }
        } catch (PtzException e) {
            failed(order, e);
            return;
        }
        long answered = System.nanoTime();
        locked(() -> schedule.sent(order, begun));
        answered();
        listener.sent(order, begun, answered);
    }

    private void stop(String cause) {
        try {
            camera.stop();
        } catch (PtzException e) {
            failed(null, e);
            return;
        }
        locked(() -> schedule.stopped(cause));
        answered();
        listener.stopped(cause);
    }

    private void ask(Question<?> asked) {
        try {
            asked.run(camera);
            locked(schedule::recovered);
            answered();
        } catch (PtzException e) {
            switch (e.reason()) {
                case REFUSED, UNSUPPORTED -> listener.failed(e); // of this request alone
                case UNREACHABLE, UNAUTHORIZED, BUSY, MALFORMED_ANSWER -> failed(null, e);
            }
        }
    }

    /// Asks what the camera can do, once, and where it is, time and again.
    private void look() {
        try {
            PtzCapabilities known = capabilities;
            if (known == null) {
                known = camera.capabilities();
                capabilities = known;
            }
            if (known.reportsPosition()) {
                long begun = System.nanoTime();
                PtzPosition position = camera.position();
                long middle = begun + (System.nanoTime() - begun) / 2;
                status = new CommanderStatus(State.READY, "", position, middle, schedule.velocity());
            }
            locked(schedule::recovered);
            answered();
        } catch (PtzException e) {
            switch (e.reason()) {
                case REFUSED, UNSUPPORTED -> listener.failed(e);
                case UNREACHABLE, UNAUTHORIZED, BUSY, MALFORMED_ANSWER -> failed(null, e);
            }
        } finally {
            positionDueNanos = System.nanoTime() + limits.positionEvery().toNanos();
        }
    }

    private void failed(@Nullable Order order, PtzException cause) {
        locked(() -> {
            schedule.failed(order, cause, System.nanoTime());
            if (State.of(cause.reason()) != State.READY) {
                requests.forEach(asked -> asked.answer.completeExceptionally(cause));
                requests.clear();
            }
        });
        listener.failed(cause);
        boolean wasReady = status.isReady() || status.state() == State.STARTING;
        State state = State.of(cause.reason());
        if (state == State.READY) {
            answered();
            return;
        }
        String words = String.valueOf(cause.getMessage());
        var before = status;
        status = new CommanderStatus(state, words, before.position(), before.positionAtNanos(), before.velocity());
        if (wasReady) {
            listener.unreachable(cause);
        }
    }

    /// The camera is there.
    private void answered() {
        var before = status;
        status = new CommanderStatus(State.READY, "", before.position(), before.positionAtNanos(), schedule.velocity());
        if (!before.isReady() && before.state() != State.STARTING) {
            listener.recovered();
        }
    }

    private void locked(Runnable change) {
        lock.lock();
        try {
            change.run();
        } finally {
            lock.unlock();
        }
    }
}
