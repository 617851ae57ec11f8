package dev.aerie.broker;

import dev.aerie.messages.amqp.BrokerContract;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class EmbeddedContractIT extends BrokerContract {

    private BrokerProcess broker;

    @BeforeAll
    void startBroker() {
        broker = BrokerProcess.start("--watch-parent");
    }

    @AfterAll
    void stopBroker() {
        broker.close();
    }

    @Override
    protected String brokerUrl() {
        return broker.url();
    }
}
