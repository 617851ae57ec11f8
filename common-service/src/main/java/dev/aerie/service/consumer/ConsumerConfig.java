package dev.aerie.service.consumer;

import java.util.Optional;

/// The settings that every service that works on streams has; nested in the service's own mapping.
/// [dev.aerie.settings.ConsumerSettings] describes them.
public interface ConsumerConfig {

    int apiPort();

    /// Name of this replica in messages and queues, if one is set.
    Optional<String> instance();

    String rtspHost();

    int rtspPort();

    Optional<String> rtspReadUsername();

    Optional<String> rtspReadPassword();

    Optional<String> streamName();

    Optional<String> go2rtcApi();

    Optional<String> go2rtcRtspUrl();

    String rabbitmqUrl();

    Optional<String> username();

    Optional<String> password();
}
