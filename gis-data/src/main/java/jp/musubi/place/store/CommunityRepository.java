package jp.musubi.place.store;

import java.util.Optional;
import org.springframework.data.jpa.repository.JpaRepository;

interface CommunityRepository extends JpaRepository<CommunityEntity, Long> {

    Optional<CommunityEntity> findByResponseIdAndSourceAndExternalId(long responseId, String source, String externalId);
}
