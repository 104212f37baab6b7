package jp.musubi.place.store;

import java.util.List;
import java.util.Optional;
import org.springframework.data.jpa.repository.JpaRepository;

interface HubRepository extends JpaRepository<HubEntity, Long> {

    List<HubEntity> findAllByResponseIdOrderByNameAscIdAsc(long responseId);

    Optional<HubEntity> findFirstByResponseIdAndExternalIdOrderBySource(long responseId, String externalId);

    Optional<HubEntity> findByResponseIdAndSourceAndExternalId(long responseId, String source, String externalId);
}
