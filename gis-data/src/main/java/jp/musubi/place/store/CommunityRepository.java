package jp.musubi.place.store;

import org.springframework.data.jpa.repository.JpaRepository;

interface CommunityRepository extends JpaRepository<CommunityEntity, Long> {}
