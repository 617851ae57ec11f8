package dev.aerie.benchmarks;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;

/// A network between a reader and a server of this machine that can stand still and be cut. Owns its connections
/// and two threads for each. Any thread.
final class StallingProxy implements AutoCloseable {

    private static final int PIECE_BYTES = 4096;

    private final ServerSocket listening;
    private final int serverPort;
    private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
    private volatile CountDownLatch stalled = new CountDownLatch(0);

    private StallingProxy(ServerSocket listening, int serverPort) {
        this.listening = listening;
        this.serverPort = serverPort;
    }

    /// Takes connections for a port of this machine.
    static StallingProxy start(int serverPort) throws IOException {
        var proxy = new StallingProxy(new ServerSocket(0, 0, InetAddress.getLoopbackAddress()), serverPort);
        start(proxy::accept);
        return proxy;
    }

    /// Where readers connect.
    int port() {
        return listening.getLocalPort();
    }

    /// From now on nothing passes, until [#resume].
    void stall() {
        stalled = new CountDownLatch(1);
    }

    void resume() {
        stalled.countDown();
    }

    /// Closes all connections; new ones are taken.
    void cut() {
        sockets.forEach(StallingProxy::closeQuietly);
        sockets.clear();
    }

    @Override
    public void close() throws IOException {
        listening.close();
        resume();
        cut();
    }

    private void accept() {
        while (!listening.isClosed()) {
            try {
                var reader = listening.accept();
                sockets.add(reader);
                var server = new Socket(InetAddress.getLoopbackAddress(), serverPort);
                sockets.add(server);
                start(() -> pass(reader, server));
                start(() -> pass(server, reader));
            } catch (IOException _) {
                // Closed, or the server takes none: the reader comes again.
            }
        }
    }

    private void pass(Socket from, Socket to) {
        var piece = new byte[PIECE_BYTES];
        try (from;
                to;
                InputStream in = from.getInputStream();
                OutputStream out = to.getOutputStream()) {
            for (int read = in.read(piece); read >= 0; read = in.read(piece)) {
                stalled.await();
                out.write(piece, 0, read);
            }
        } catch (IOException _) {
            // Cut.
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
        sockets.remove(from);
        sockets.remove(to);
    }

    private static void start(Runnable work) {
        var thread = new Thread(work, "proxy");
        thread.setDaemon(true);
        thread.start();
    }

    private static void closeQuietly(Socket socket) {
        try {
            socket.close();
        } catch (IOException _) {
            // It is closed in any case.
        }
    }
}
