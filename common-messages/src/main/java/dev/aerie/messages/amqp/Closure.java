package dev.aerie.messages.amqp;

import com.rabbitmq.client.Method;
import com.rabbitmq.client.ShutdownNotifier;
import com.rabbitmq.client.ShutdownSignalException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// The end of a connection or a channel, to wait for.
final class Closure {

    private final CompletableFuture<ShutdownSignalException> cause = new CompletableFuture<>();

    private Closure() {}

    static Closure of(ShutdownNotifier connectionOrChannel) {
        var closure = new Closure();
        connectionOrChannel.addShutdownListener(closure.cause::complete);
        return closure;
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

    private static String reason(ShutdownSignalException signal) {
        Method method = signal.getReason();
        return switch (method) {
            case com.rabbitmq.client.AMQP.Connection.Close close -> close.getReplyText();
            case com.rabbitmq.client.AMQP.Channel.Close close -> close.getReplyText();
            case null, default ->
                signal.getCause() == null ? String.valueOf(signal.getMessage()) : reason(signal.getCause());
        };
    }
}
