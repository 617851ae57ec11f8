package dev.aerie.storage;

import dev.aerie.storage.catalog.Catalog;
import dev.aerie.storage.catalog.Segments;
import dev.aerie.storage.health.UploadMetrics;
import dev.aerie.storage.segment.ArchiveRoot;
import dev.aerie.storage.upload.Bucket;
import dev.aerie.storage.upload.BucketAddress;
import dev.aerie.storage.upload.LocalCopies;
import dev.aerie.storage.upload.Uploader;
import dev.aerie.storage.upload.Uploads;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.enterprise.inject.Disposes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.time.InstantSource;
import java.util.Optional;

/// Builds the upload of segments into a bucket; [MessageArchiveLifecycle] starts and closes it.
final class UploadWiring {

    private static final long MEBIBYTE = 1L << 20;

    /// The bucket; empty if none is configured.
    record Remote(Optional<Bucket> bucket) {}

    @Produces
    @Singleton
    Remote remote(StorageConfig config) {
        return new Remote(config.s3Url()
                .map(url -> new Bucket(new BucketAddress(
                        url,
                        config.s3Region(),
                        config.s3Bucket(),
                        config.s3AccessKey().orElse(""),
                        config.s3SecretKey().orElse("")))));
    }

    void close(@Disposes Remote remote) {
        remote.bucket().ifPresent(Bucket::close);
    }

    @Produces
    @Singleton
    Uploads uploads(Catalog catalog) {
        return new Uploads(catalog);
    }

    @Produces
    @Singleton
    LocalCopies copies(StorageConfig config, ArchiveRoot root, Uploads uploads, Remote remote, InstantSource clock)
            throws IOException {
        var copies = new LocalCopies(root.path(), uploads, remote.bucket(), clock, config.retentionFree() * MEBIBYTE);
        copies.clearLeftovers();
        return copies;
    }

    @Produces
    @Singleton
    Uploader uploader(
            StorageConfig config,
            ArchiveRoot root,
            Segments segments,
            Uploads uploads,
            LocalCopies copies,
            Remote remote,
            InstantSource clock) {
        return new Uploader(
                root.path(),
                segments,
                uploads,
                copies,
                remote.bucket(),
                config.s3LocalHours(),
                clock,
                root::failureCause);
    }

    @Produces
    @Singleton
    UploadMetrics uploadMetrics(MeterRegistry registry, Uploader uploader) {
        return new UploadMetrics(registry, uploader);
    }
}
