package dev.aerie.storage.upload;

import dev.aerie.messages.testing.Eventually;
import dev.aerie.messages.testing.LocalContainer;
import dev.aerie.messages.testing.LocalImage;
import dev.aerie.messages.testing.TestPrograms;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// An empty object store with one bucket: MinIO in a container (`MINIO_IMAGE`, by Testcontainers) where the Docker
/// engine of this machine has its image, else the [StandInStore].
///
/// - `address`: with the right secret
/// - `end`: ends it
record TestStore(BucketAddress address, Runnable end) implements AutoCloseable {

    private static final int S3_PORT = 9000;
    private static final Duration START_LIMIT = Duration.ofSeconds(60);
    private static final String SERVE =
            "mkdir -p /data/" + StandInStore.BUCKET + " && exec minio server --address :" + S3_PORT + " /data";

    static TestStore open() throws IOException, InterruptedException {
        Optional<String> image = LocalImage.find("MINIO_IMAGE", "minio/minio:latest");
        if (image.isPresent()) {
            TestPrograms.uses("MinIO", "a container of " + image.get());
            return container(image.get());
        }
        TestPrograms.uses("MinIO", "a stand-in of the tests");
        var standIn = new StandInStore();
        return new TestStore(standIn.address(), standIn::close);
    }

    BucketAddress withSecret(String secret) {
        return new BucketAddress(address.url(), address.region(), address.bucket(), address.accessKey(), secret);
    }

    @Override
    public void close() {
        end.run();
    }

    private static TestStore container(String image) throws InterruptedException {
        int port = freePort();
        var container = new LocalContainer(new LocalContainer.Plan(
                image,
                Map.of(S3_PORT, port),
                Map.of(
                        "MINIO_ROOT_USER", StandInStore.ACCESS,
                        "MINIO_ROOT_PASSWORD", StandInStore.SECRET,
                        "MINIO_REGION", StandInStore.REGION),
                Map.of(),
                List.of("/bin/sh", "-c", SERVE)));
        container.start();
        var address = new BucketAddress(
                "http://127.0.0.1:" + port,
                StandInStore.REGION,
                StandInStore.BUCKET,
                StandInStore.ACCESS,
                StandInStore.SECRET);
        Eventually.holds(container::log, START_LIMIT, () -> answers(address));
        return new TestStore(address, container::close);
    }

    /// Whether it looks an object up, which is not there.
    private static boolean answers(BucketAddress address) {
        try (var bucket = new Bucket(address)) {
            return bucket.find("none").isEmpty();
        } catch (IOException _) {
            return false;
        }
    }

    private static int freePort() {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
