package dev.aerie.messages.amqp;

import com.rabbitmq.client.Connection;
import com.rabbitmq.client.ConnectionFactory;
import com.rabbitmq.client.SocketConfigurators;
import com.rabbitmq.client.impl.ForgivingExceptionHandler;
import java.io.IOException;
import java.net.Socket;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Opens AMQP connections with bounded waits, and ends one even while a write into it is stuck (a broker that froze, or
/// that stopped reading because its memory is full).
final class BrokerSocket {

    private static final Logger LOG = LoggerFactory.getLogger(BrokerSocket.class);
    private static final int CONNECT_MILLIS = 3_000;
    private static final int HANDSHAKE_MILLIS = 5_000;
    private static final int RPC_MILLIS = 10_000;
    private static final int HEARTBEAT_SECONDS = 5;
    private static final int ABORT_MILLIS = 1_000;

    private final ConnectionFactory factory;
    private final String clientName;
    private volatile @Nullable Socket latest;

    BrokerSocket(BrokerAddress address, String clientName) {
        this.clientName = clientName;
        this.factory = factoryFor(address);
        factory.setSocketConfigurator(SocketConfigurators.defaultConfigurator().andThen(socket -> latest = socket));
    }

    Connection connect() throws IOException, TimeoutException {
        return factory.newConnection(clientName);
    }

    /// Closes `connection` politely for two seconds, then by closing its socket. Returns within about three
    /// seconds.
    void abort(@Nullable Connection connection) {
        if (connection == null) {
            return;
        }
        Thread polite = Thread.ofVirtual().start(() -> connection.abort(ABORT_MILLIS));
        try {
            if (!polite.join(Duration.ofMillis(2 * ABORT_MILLIS))) {
                closeSocket();
            }
        } catch (InterruptedException _) {
            closeSocket();
            Thread.currentThread().interrupt();
        }
    }

    private void closeSocket() {
        Socket socket = latest;
        if (socket == null) {
            return;
        }
        try {
            socket.setSoLinger(true, 0);
            socket.close();
        } catch (IOException e) {
            LOG.debug("socket close failed", e);
        }
    }

    private static ConnectionFactory factoryFor(BrokerAddress address) {
        var factory = new ConnectionFactory();
        factory.setHost(address.host());
        factory.setPort(address.port());
        factory.setUsername(address.user());
        factory.setPassword(address.password());
        factory.setVirtualHost(address.virtualHost());
        factory.setAutomaticRecoveryEnabled(false);
        factory.setTopologyRecoveryEnabled(false);
        factory.setConnectionTimeout(CONNECT_MILLIS);
        factory.setHandshakeTimeout(HANDSHAKE_MILLIS);
        factory.setChannelRpcTimeout(RPC_MILLIS);
        factory.setRequestedHeartbeat(HEARTBEAT_SECONDS);
        factory.setExceptionHandler(new ForgivingExceptionHandler());
        ThreadFactory threads = Thread.ofPlatform().daemon().name("amqp-", 0).factory();
        factory.setThreadFactory(threads);
        ExecutorService perTask = Executors.newThreadPerTaskExecutor(threads);
        factory.setSharedExecutor(perTask);
        factory.setShutdownExecutor(perTask); // or a dead connection waits for a write that is stuck
        if (address.tls()) {
            useTls(factory);
        }
        return factory;
    }

    private static void useTls(ConnectionFactory factory) {
        try {
            factory.useSslProtocol(SSLContext.getDefault());
            factory.enableHostnameVerification();
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("this JDK has no TLS", e);
        }
    }
}
