package dev.aerie.ptz.fleet;

import dev.aerie.messages.PtzEvent.Kind;
import dev.aerie.ptz.camera.PtzCamera;
import dev.aerie.ptz.camera.PtzCapabilities;
import dev.aerie.ptz.camera.PtzException;
import dev.aerie.ptz.command.CameraCommand;
import dev.aerie.ptz.command.CameraCommander;
import dev.aerie.ptz.command.CameraRequest;
import dev.aerie.ptz.command.CommandLimits;
import dev.aerie.ptz.command.CommanderStatus;
import dev.aerie.ptz.command.Order;
import dev.aerie.ptz.command.Origin;
import dev.aerie.ptz.metrics.CommandMetrics;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// One camera: people's commands win, for as long as they hold it; what the service wants by itself counts else.
///
/// Owns the camera until [#close]. Safe for several threads.
public final class SteeredCamera implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(SteeredCamera.class);

    private final String name;
    private final EventTeller events;
    private final OperatorLease lease;
    private final CommandRight right;
    private final BooleanSupplier mayMoveByItself;
    private final CameraJournal journal;
    private final CameraCommander commander;
    private final AtomicBoolean begun = new AtomicBoolean();
    private volatile boolean started;
    private volatile boolean ending;
    private volatile CommandRight.Standing told = CommandRight.Standing.PENDING;

    /// - `camera`: owned from here on
    /// - `operatorTimeout`: after a person's last command
    /// - `right`: whether this service may command it at all
    /// - `mayMoveByItself`: whether what the service wants counts now; a broker that is lost may forbid it
    public SteeredCamera(
            EventTeller events,
            PtzCamera camera,
            CommandLimits limits,
            Duration operatorTimeout,
            CommandRight right,
            BooleanSupplier mayMoveByItself,
            CommandMetrics metrics) {
        this.name = events.camera();
        this.events = events;
        this.lease = new OperatorLease(operatorTimeout);
        this.right = right;
        this.mayMoveByItself = mayMoveByItself;
        this.journal = new CameraJournal(events, metrics);
        this.commander = new CameraCommander(name, camera, limits, journal);
    }

    public String name() {
        return name;
    }

    /// Of its video.
    public String stream() {
        return events.stream();
    }

    /// Begins to command the camera, now or once that is this service's right.
    public void start() {
        started = true;
        beginIfOurs();
    }

    private void beginIfOurs() {
        if (started && !ending && right.isOurs() && begun.compareAndSet(false, true)) {
            commander.start();
        }
    }

    /// Whether another service commands it, which this one then leaves alone.
    public boolean isAnothers() {
        return right.standing() == CommandRight.Standing.ANOTHERS;
    }

    /// A command of a person, who is in control from now on.
    ///
    /// - returns what became of it; exceptionally by a [dev.aerie.ptz.camera.PtzException] where the camera did not
    public CompletableFuture<Order.Outcome> operate(String operator, CameraCommand command) {
        if (isAnothers()) {
            return CompletableFuture.failedFuture(refusal());
        }
        lease.take(operator, System.nanoTime()).ifPresent(this::tell);
        var order = Order.of(command, new Origin.Operator(operator));
        commander.give(order);
        return order.outcome();
    }

    /// Keeps the camera for an operator without a command; false where somebody else is in control, or another service.
    public boolean hold(String operator) {
        return right.isOurs() && !ending && lease.hold(operator, System.nanoTime());
    }

    /// A command of an operator who does not take the camera from anybody; false where it is not his.
    public boolean operateIfHeld(String operator, CameraCommand command) {
        boolean isHeld = hold(operator);
        if (isHeld) {
            commander.give(Order.of(command, new Origin.Operator(operator)));
        }
        return isHeld;
    }

    /// The person lets go; false where somebody else is in control. The camera stops.
    public boolean release(String operator) {
        boolean wasHeld = lease.release(operator, System.nanoTime());
        if (wasHeld) {
            released(operator);
        }
        return wasHeld;
    }

    /// A command of the service itself; ignored while a person is in control, or where nothing may move by itself.
    public void steer(CameraCommand command, Origin origin) {
        if (isFree()) {
            commander.give(Order.of(command, origin));
        }
    }

    /// Whether what the service wants by itself counts now.
    public boolean isFree() {
        return lease.holder(System.nanoTime()).isEmpty() && !ending && right.isOurs() && mayMoveByItself.getAsBoolean();
    }

    /// From now on it does not move by itself: the service ends.
    public void stopSteering() {
        ending = true;
        commander.give(Order.of(new CameraCommand.Stop("the service ends"), new Origin.Service()));
    }

    /// Ends what is over by now; called several times a second.
    public void tick() {
        tellWhose(right.standing());
        beginIfOurs();
        journal.look(commander.status(), System.nanoTime());
        lease.expired(System.nanoTime()).ifPresent(this::released);
        if (!mayMoveByItself.getAsBoolean()
                && lease.holder(System.nanoTime()).isEmpty()
                && !commander.status().velocity().isZero()) {
            commander.give(Order.of(new CameraCommand.Stop("the broker is away"), new Origin.Service()));
        }
    }

    private void tellWhose(CommandRight.Standing now) {
        if (now != told && now == CommandRight.Standing.ANOTHERS) {
            LOG.warn("camera left alone camera={} cause=\"{}\"", name, refusal().getMessage());
        }
        told = now;
    }

    private PtzException refusal() {
        return new PtzException(
                PtzException.Reason.REFUSED, "another ptz-service commands " + name + "; one does so at a time");
    }

    /// See [CameraCommander#ask]; refused where another service commands the camera.
    public <T> CompletableFuture<T> ask(CameraRequest<T> request) {
        return isAnothers() ? CompletableFuture.failedFuture(refusal()) : commander.ask(request);
    }

    public CommanderStatus status() {
        return commander.status();
    }

    public Optional<PtzCapabilities> capabilities() {
        return commander.capabilities();
    }

    public OperatorLease lease() {
        return lease;
    }

    public EventTeller events() {
        return events;
    }

    @Override
    public void close() {
        commander.close();
    }

    private void tell(OperatorLease.Change change) {
        LOG.info(
                "operator took over camera={} operator={} before={}",
                name,
                change.operator(),
                change.before().orElse("none"));
        events.tell(
                Kind.OPERATOR_TOOK_OVER,
                draft -> draft.operator(change.operator())
                        .cause(change.before().map(before -> "from " + before).orElse(null)));
    }

    private void released(String operator) {
        LOG.info("operator released camera={} operator={}", name, operator);
        if (!commander.status().velocity().isZero()) {
            commander.give(Order.of(new CameraCommand.Stop("the operator let go"), new Origin.Operator(operator)));
        }
        events.tell(Kind.OPERATOR_RELEASED, draft -> draft.operator(operator));
    }
}
