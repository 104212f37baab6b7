package jp.musubi.response.store;

import jakarta.persistence.EntityManager;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import jp.musubi.common.ChangedMeanwhile;
import jp.musubi.common.store.TransactionLocks;
import jp.musubi.response.Response;
import jp.musubi.response.ResponseEntry;
import jp.musubi.response.ResponseId;
import jp.musubi.response.Responses;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.dao.OptimisticLockingFailureException;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

@Repository
class JpaResponses implements Responses {

    private static final String LOCK = "response";

    private final ResponseRepository repository;
    private final TransactionLocks locks;
    private final EntityManager entities;
    private final ApplicationEventPublisher events;
    private final Clock clock;

    JpaResponses(
            ResponseRepository repository,
            TransactionLocks locks,
            EntityManager entities,
            ApplicationEventPublisher events,
            Clock clock) {
        this.repository = repository;
        this.locks = locks;
        this.entities = entities;
        this.events = events;
        this.clock = clock;
    }

    @Override
    public List<Response> listResponses() {
        return repository.findAllOpenFirst().stream()
                .map(ResponseEntity::toResponse)
                .toList();
    }

    @Override
    public Optional<Response> findByCode(String code) {
        return repository.findByCode(code).map(ResponseEntity::toResponse);
    }

    @Override
    public Response getById(ResponseId id) {
        return get(id).toResponse();
    }

    @Override
    public List<ResponseEntry> listEntries() {
        return repository.findAllOpenFirst().stream()
                .map(ResponseEntity::toEntry)
                .toList();
    }

    @Override
    public ResponseEntry getEntry(ResponseId id) {
        return get(id).toEntry();
    }

    @Override
    @Transactional
    public ResponseEntry change(Response changed, long expectedVersion) {
        return edit(changed.id(), expectedVersion, entity -> entity.change(changed));
    }

    @Override
    @Transactional(propagation = Propagation.MANDATORY)
    public void holdOpen(ResponseId id) {
        locks.share(LOCK, id.value());
        entities.refresh(get(id)); // it may have been read before it was closed
        requireOpen(id);
    }

    @Override
    @Transactional
    public ResponseEntry close(ResponseId id, long expectedVersion) {
        locks.haveAlone(LOCK, id.value());
        return edit(id, expectedVersion, entity -> entity.close(clock.instant()));
    }

    @Override
    @Transactional
    public ResponseEntry reopen(ResponseId id, long expectedVersion) {
        return edit(id, expectedVersion, ResponseEntity::reopen);
    }

    private ResponseEntry edit(ResponseId id, long expectedVersion, Consumer<ResponseEntity> edit) {
        ResponseEntity entity = get(id);
        if (!entity.isAt(expectedVersion)) {
            throw new ChangedMeanwhile("response", id.value(), expectedVersion);
        }
        edit.accept(entity);
        try {
            return repository.saveAndFlush(entity).toEntry();
        } catch (OptimisticLockingFailureException e) {
            throw new ChangedMeanwhile("response", id.value(), expectedVersion);
        }
    }

    private ResponseEntity get(ResponseId id) {
        return repository
                .findById(id.value())
                .orElseThrow(() -> new IllegalArgumentException("There is no response with id " + id.value() + "."));
    }

    @Override
    @Transactional
    public Response open(Response draft) {
        Response opened = repository
                .saveAndFlush(new ResponseEntity(draft, clock.instant()))
                .toResponse();
        events.publishEvent(new Opened(opened));
        return opened;
    }
}
