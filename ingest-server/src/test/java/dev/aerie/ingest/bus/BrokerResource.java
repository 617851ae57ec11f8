package dev.aerie.ingest.bus;

import dev.aerie.messages.testing.TestBroker;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.util.Map;

/// A broker of the test's own, which it may kill.
public final class BrokerResource implements QuarkusTestResourceLifecycleManager {

    private TestBroker broker;

    @Override
    public Map<String, String> start() {
        broker = TestBroker.privateNode();
        return Map.of("ingest.rabbitmq-url", broker.url());
    }

    @Override
    public void inject(TestInjector injector) {
        injector.injectIntoFields(broker, new TestInjector.MatchesType(TestBroker.class));
    }

    @Override
    public void stop() {
        broker.close();
    }
}
