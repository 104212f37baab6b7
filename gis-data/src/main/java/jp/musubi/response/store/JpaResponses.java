package jp.musubi.response.store;

import java.time.Clock;
import java.util.List;
import java.util.Optional;
import jp.musubi.response.Response;
import jp.musubi.response.ResponseId;
import jp.musubi.response.Responses;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Transactional;

@Repository
class JpaResponses implements Responses {

    private final ResponseRepository repository;
    private final Clock clock;

    JpaResponses(ResponseRepository repository, Clock clock) {
        this.repository = repository;
        this.clock = clock;
    }

    @Override
    public List<Response> listResponses() {
        return repository.findAllByOrderByIdDesc().stream()
                .map(ResponseEntity::toResponse)
                .toList();
    }

    @Override
    public Optional<Response> findByCode(String code) {
        return repository.findByCode(code).map(ResponseEntity::toResponse);
    }

    @Override
    public Response getById(ResponseId id) {
        return repository
                .findById(id.value())
                .map(ResponseEntity::toResponse)
                .orElseThrow(() -> new IllegalArgumentException("There is no response with id " + id.value() + "."));
    }

    @Override
    @Transactional
    public Response open(Response draft) {
        return repository.save(new ResponseEntity(draft, clock.instant())).toResponse();
    }
}
