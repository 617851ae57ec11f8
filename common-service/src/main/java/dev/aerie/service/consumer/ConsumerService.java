package dev.aerie.service.consumer;

/// A service that works on streams.
///
/// - `name`: in messages, in the work queue and in requests to restart
/// - `port`, `defaultPort`: of HTTP
/// - `capacity`: streams that one replica takes at a time
public record ConsumerService(String name, int port, int defaultPort, int capacity, ConsumerConfig config) {}
