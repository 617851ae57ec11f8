package dev.aerie.cli.demo;

import dev.aerie.auth.Secrets;
import dev.aerie.host.Ports;
import java.io.PrintStream;
import java.security.SecureRandom;
import java.util.Map;

/// Addresses of a demo's services, all on loopback: the standard ports, or free ones where those are in use.
///
/// - `ownBroker`: whether the demo starts its own broker, because `RABBITMQ_URL` is not set
record Addresses(
        int rtspPort,
        int ingestPort,
        int framesPort,
        int slamPort,
        int storagePort,
        int ptzPort,
        int brokerPort,
        String brokerUrl,
        boolean ownBroker) {

    static final String STREAM = "drone";

    private static final int RTSP = 8554;
    private static final int INGEST = 5001;
    private static final int FRAMES = 5002;
    private static final int SLAM = 5003;
    private static final int STORAGE = 5004;
    private static final int PTZ = 5005;
    private static final int AMQP = 5672;

    static Addresses choose(Map<String, String> environment) {
        String given = environment.getOrDefault("RABBITMQ_URL", "");
        int brokerPort = given.isEmpty() ? Ports.freeOr(AMQP) : 0;
        // Random: keeps other users of this machine out.
        String url = given.isEmpty()
                ? "amqp://guest:" + Secrets.password(new SecureRandom()) + "@127.0.0.1:" + brokerPort
                : given;
        return new Addresses(
                Ports.freeOr(RTSP),
                Ports.freeOr(INGEST),
                Ports.freeOr(FRAMES),
                Ports.freeOr(SLAM),
                Ports.freeOr(STORAGE),
                Ports.freeOr(PTZ),
                brokerPort,
                url,
                given.isEmpty());
    }

    @Override
    public String toString() {
        return "addresses of a demo"; // the broker's has a password
    }

    String dashboard() {
        return "http://localhost:" + ingestPort + "/";
    }

    /// The drone's address of the ingest.
    String ingest() {
        return "http://127.0.0.1:" + ingestPort;
    }

    /// - `source`: its first stream is the one to watch
    void print(PrintStream out, DemoSource source) {
        out.println("dashboard  " + dashboard());
        out.println("video      rtsp://localhost:" + rtspPort + "/" + source.firstStream());
        out.println("broker     " + (ownBroker ? "amqp://localhost:" + brokerPort : "the one RABBITMQ_URL names"));
        out.println("ingest     http://localhost:" + ingestPort + "/rtsp/status");
        out.println("processor  http://localhost:" + framesPort + "/q/health/ready");
        out.println(
                source == DemoSource.PTZ_CAMERAS
                        ? "ptz        http://localhost:" + ptzPort + "/q/health/ready"
                        : "slam       http://localhost:" + slamPort + "/q/health/ready");
        out.println("archive    http://localhost:" + storagePort + "/q/health/ready");
        if (rtspPort != RTSP
                || ingestPort != INGEST
                || framesPort != FRAMES
                || slamPort != SLAM
                || ptzPort != PTZ
                || storagePort != STORAGE) {
            out.println("           (a standard port was in use: these are free ones)");
        }
    }
}
