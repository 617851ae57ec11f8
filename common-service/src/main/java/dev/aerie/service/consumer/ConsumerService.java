package dev.aerie.service.consumer;

/// A service that works on streams.
///
/// - `name`: the service's name in messages, in the work queue and in restart requests
/// - `port`, `defaultPort`: HTTP ports
/// - `capacity`: maximum streams of one replica at a time
public record ConsumerService(String name, int port, int defaultPort, int capacity, ConsumerConfig config) {}
