package dev.aerie.service.consumer;

import dev.aerie.messages.Producer;
import dev.aerie.messages.amqp.BrokerConnection;
import dev.aerie.messages.amqp.LivePublisher;
import dev.aerie.rtsp.RelayAddress;
import dev.aerie.service.direct.DirectStream;
import dev.aerie.service.direct.WorkerPlan;
import dev.aerie.service.metrics.StreamGauges;
import dev.aerie.service.stage.FrameTracer;
import dev.aerie.service.web.BasicAccess;
import dev.aerie.service.web.BindGuard;
import dev.aerie.service.web.HttpLimits;
import dev.aerie.service.web.RequestGate;
import dev.aerie.service.web.RequestLimits;
import dev.aerie.service.worker.StreamWorkers;
import dev.aerie.service.worker.WorkerStatusPublisher;
import dev.aerie.settings.InstanceName;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.vertx.http.runtime.filters.Filters;
import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Disposes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.List;

/// Builds the parts that all services with stream workers share; [ConsumerLifecycle] starts and closes them.
final class ConsumerWiring {

    private static final int RESULTS_BUFFERED = 1000;

    @Produces
    @Singleton
    Producer producer(ConsumerService service) {
        return Producer.of(
                service.name(),
                InstanceName.of(service.config().service().instance(), service.port(), service.defaultPort()));
    }

    @Produces
    @Singleton
    WorkerPlan plan(ConsumerService service) {
        var config = service.config();
        var relay = new RelayAddress(
                config.rtspTls(),
                config.rtspHost(),
                config.rtspPort(),
                config.service().rtspReadUsername(),
                config.service().rtspReadPassword());
        return WorkerPlan.of(
                relay, config.streamName(), config.go2rtcApi(), config.go2rtcRtspUrl(), config.rabbitmqUrl());
    }

    @Produces
    @Singleton
    BrokerConnection broker(ConsumerService service, WorkerPlan plan, Producer producer) {
        return new BrokerConnection(
                plan.broker().address(service.config().rabbitmqUrl()), producer.service() + " " + producer.instance());
    }

    @Produces
    @Singleton
    LivePublisher publisher(BrokerConnection broker) {
        return new LivePublisher(broker, RESULTS_BUFFERED);
    }

    @Produces
    @Singleton
    WorkerStatusPublisher statuses(
            StreamWorkers<?> workers,
            WorkerPlan plan,
            BrokerConnection broker,
            Producer producer,
            LivePublisher publisher) {
        return new WorkerStatusPublisher(
                workers::statuses, producer, InstantSource.system(), plan.results(broker, publisher::publish));
    }

    @Produces
    @Singleton
    FrameTracer tracer(Producer producer) {
        return FrameTracer.of(System.getenv(), producer);
    }

    void close(@Disposes FrameTracer tracer) {
        tracer.close();
    }

    @Produces
    @Singleton
    DirectStream directStream(WorkerPlan plan, StreamWorkers<?> workers) {
        return new DirectStream(plan.selection(), workers, InstantSource.system(), new SecureRandom());
    }

    @Produces
    @Singleton
    ConsumerMetrics metrics(
            MeterRegistry registry,
            StreamWorkers<?> workers,
            StreamGauges<?> gauges,
            LivePublisher publisher,
            BrokerConnection broker) {
        return new ConsumerMetrics(registry, workers, gauges, publisher, broker);
    }

    @Produces
    @Singleton
    BasicAccess access(ConsumerService service) {
        return BasicAccess.of(service.config().service(), InstantSource.system(), new SecureRandom());
    }

    /// After the authorities of `TLS_CA` are trusted.
    void startAccess(@Observes StartupEvent event, BasicAccess access) {
        access.start();
    }

    void close(@Disposes BasicAccess access) {
        access.close();
    }

    @Produces
    @Singleton
    RequestGate gate(ConsumerService service) {
        return new RequestGate(service.config().service().hosts());
    }

    @Produces
    @Singleton
    RequestLimits limits(ConsumerService service) {
        return new RequestLimits(HttpLimits.of(service.config().service()));
    }

    void guard(@Observes Filters filters, RequestLimits limits, RequestGate gate, BasicAccess access) {
        limits.guard(filters);
        gate.guard(filters);
        access.guard(filters);
    }

    void requireLoopback(@Observes @Priority(BindGuard.PRIORITY) StartupEvent event, ConsumerService service) {
        var config = service.config().service();
        BindGuard.require(config, List.of(), BindGuard.ofHttp(config));
    }
}
