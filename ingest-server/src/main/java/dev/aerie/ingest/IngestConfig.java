package dev.aerie.ingest;

import io.smallrye.config.ConfigMapping;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// What an operator may set, typed; [IngestSettings] says it in words, with ranges and defaults.
@ConfigMapping(prefix = "ingest")
interface IngestConfig {

    String bindHost();

    Optional<String> rtspHost();

    int rtspPort();

    String rabbitmqUrl();

    String streamName();

    int apiPort();

    /// This replica's name in messages and queues, where one is given.
    Optional<String> instance();

    boolean inspectQueues();

    Optional<String> username();

    Optional<String> password();

    Optional<String> rtspReadUsername();

    Optional<String> rtspReadPassword();

    Optional<String> rtspPublishUsername();

    Optional<String> rtspPublishPassword();

    Optional<String> sources();

    int maxStreams();

    int maxChunkBytes();

    int maxAccessUnitBytes();

    boolean publisherTakeover();

    String replayFrom();

    Duration stallAfter();

    Duration endAfter();

    Optional<String> ntpServer();

    Duration ntpInterval();

    Optional<List<String>> frameProcessorUrl();

    Optional<List<String>> slamServiceUrl();

    Optional<List<String>> ptzServiceUrl();

    Optional<String> storageUrl();

    Optional<String> go2rtcApi();

    Optional<String> go2rtcRtspUrl();
}
