package dev.aerie.messages.amqp;

import com.rabbitmq.client.AMQP;
import com.rabbitmq.client.Method;
import com.rabbitmq.client.ShutdownNotifier;
import com.rabbitmq.client.ShutdownSignalException;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// The end of a connection or a channel, to wait for.
final class ShutdownSignal {

    private final CompletableFuture<ShutdownSignalException> cause = new CompletableFuture<>();

    private ShutdownSignal() {}

    static ShutdownSignal of(ShutdownNotifier connectionOrChannel) {
        var shutdownSignal = new ShutdownSignal();
        connectionOrChannel.addShutdownListener(shutdownSignal.cause::complete);
        return shutdownSignal;
    }

    /// Waits for the end and returns its cause.
    ShutdownSignalException await() throws InterruptedException {
        try {
            return cause.get();
        } catch (ExecutionException e) {
            throw new IllegalStateException("a shutdown signal never fails", e);
        }
    }

    /// Waits at most `limit`; returns whether the end came.
    boolean await(Duration limit) throws InterruptedException {
        try {
            cause.get(limit.toMillis(), TimeUnit.MILLISECONDS);
            return true;
        } catch (TimeoutException _) {
            return false;
        } catch (ExecutionException e) {
            throw new IllegalStateException("a shutdown signal never fails", e);
        }
    }

    /// What went wrong, in a few words without secrets: the broker's reply where it gave one.
    static String reason(Throwable failure) {
        if (failure instanceof ShutdownSignalException signal) {
            return reason(signal);
        }
        if (failure.getCause() instanceof ShutdownSignalException signal) {
            return reason(signal);
        }
        String message = failure.getMessage();
        return message == null ? failure.getClass().getSimpleName() : message;
    }

    /// Whether the broker closed the channel, or the connection, because what was asked for is another's: RabbitMQ
    /// calls it locked, Qpid not allowed.
    static boolean isRefusal(IOException failure) {
        return failure.getCause() instanceof ShutdownSignalException signal
                && switch (signal.getReason()) {
                    case AMQP.Channel.Close close -> isRefusal(close.getReplyCode());
                    case AMQP.Connection.Close close -> isRefusal(close.getReplyCode());
                    case null, default -> false;
                };
    }

    private static boolean isRefusal(int replyCode) {
        return replyCode == AMQP.RESOURCE_LOCKED || replyCode == AMQP.NOT_ALLOWED;
    }

    private static String reason(ShutdownSignalException signal) {
        Method method = signal.getReason();
        return switch (method) {
            case AMQP.Connection.Close close -> close.getReplyText();
            case AMQP.Channel.Close close -> close.getReplyText();
            case null, default ->
                signal.getCause() == null ? String.valueOf(signal.getMessage()) : reason(signal.getCause());
        };
    }
}
