/** What the policies ask: definer functions of a role without a login, which reads ids and states and no content. */
export const questions = `
  -- May who asks see that this case exists? A mediator offered the case sees names, category and district; an office its duty, but not in
  -- its holder's own dispute; nobody else.
  CREATE FUNCTION sees_case(which uuid) RETURNS boolean LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT EXISTS (SELECT 1 FROM cases c WHERE c.id = which AND CASE current_office()
      WHEN 'citizen' THEN c.created_by = current_person() OR EXISTS (SELECT 1 FROM parties p WHERE p.case_id = c.id AND p.person_id = current_person())
      WHEN 'mediator' THEN c.mediator_id = current_person() OR EXISTS (SELECT 1 FROM offers o WHERE o.case_id = c.id AND o.mediator_id = current_person() AND o.answered_at IS NULL)
      WHEN 'coordinator' THEN (c.state <> 'DRAFT' OR c.created_by = current_person())
        AND NOT EXISTS (SELECT 1 FROM parties p WHERE p.case_id = c.id AND p.person_id = current_person())
      ELSE false END)
    OR EXISTS (SELECT 1 FROM invitations i WHERE i.id = current_invitation() AND i.case_id = which) $$;
  -- The claim: the side that wrote it, the desk until mediation begins, the accepted mediator. Never the other side.
  CREATE FUNCTION reads_application(which uuid) RETURNS boolean LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT EXISTS (SELECT 1 FROM cases c WHERE c.id = which AND CASE current_office()
      WHEN 'citizen' THEN c.created_by = current_person() OR EXISTS (SELECT 1 FROM parties p WHERE p.case_id = c.id AND p.person_id = current_person() AND p.side = 'A')
      WHEN 'mediator' THEN c.mediator_id = current_person()
      WHEN 'coordinator' THEN (c.state IN ('SUBMITTED', 'RETURNED', 'REFUSED_SCOPE', 'INVITED', 'DECLINED', 'NO_RESPONSE', 'CONSENTED', 'MEDIATOR_OFFERED')
        OR (c.state = 'DRAFT' AND c.created_by = current_person()))
        AND NOT EXISTS (SELECT 1 FROM parties p WHERE p.case_id = c.id AND p.person_id = current_person())
      ELSE false END) $$;
  CREATE FUNCTION is_participant(which uuid) RETURNS boolean LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT CASE current_office()
      WHEN 'citizen' THEN EXISTS (SELECT 1 FROM parties p WHERE p.case_id = which AND p.person_id = current_person())
      WHEN 'mediator' THEN EXISTS (SELECT 1 FROM cases c WHERE c.id = which AND c.mediator_id = current_person())
      ELSE false END $$;
  CREATE FUNCTION is_draft_of(which uuid, person uuid) RETURNS boolean LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS
    $$ SELECT EXISTS (SELECT 1 FROM cases c WHERE c.id = which AND c.state IN ('DRAFT', 'RETURNED') AND c.created_by = person) $$;
  CREATE FUNCTION is_own_invitation(which uuid) RETURNS boolean LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS
    $$ SELECT EXISTS (SELECT 1 FROM parties p WHERE p.id = which AND p.person_id = current_person() AND current_office() = 'citizen') $$;
  -- Turns a shown code into the invitation it opens. The one look-up that a visitor has; wrong, expired and revoked codes look alike.
  CREATE FUNCTION find_invitation(hash bytea, at timestamptz) RETURNS uuid LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS
    $$ SELECT i.id FROM invitations i WHERE i.code_hash = hash AND i.revoked_at IS NULL AND i.expires_at >= at $$;
  -- The desk's search by name, past the row-level policies for speed: ids alone, which the policies then judge one by one.
  CREATE FUNCTION search_parties(pattern text) RETURNS SETOF uuid LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS
    $$ SELECT DISTINCT p.case_id FROM parties p WHERE current_office() = 'coordinator' AND p.name_folded LIKE pattern $$;
  CREATE FUNCTION paper_case(paper uuid) RETURNS uuid LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS
    $$ SELECT p.case_id FROM papers p WHERE p.id = paper $$;
  -- What somebody leaves to hand over when the account is closed. The administrator asks, and learns numbers, never a case.
  CREATE FUNCTION case_waits(state text) RETURNS boolean LANGUAGE sql IMMUTABLE PARALLEL SAFE AS
    $$ SELECT state NOT IN ('DRAFT', 'REFUSED_SCOPE', 'DECLINED', 'NO_RESPONSE', 'WITHDRAWN', 'TERMINATED', 'PERFORMED', 'CLOSED', 'ARCHIVED') $$;
  CREATE FUNCTION open_work_of(person uuid) RETURNS TABLE (mediating bigint, offered bigint, disputing bigint)
  LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT count(*) FILTER (WHERE c.mediator_id = person),
           count(*) FILTER (WHERE EXISTS (SELECT 1 FROM offers o WHERE o.case_id = c.id AND o.mediator_id = person AND o.answered_at IS NULL)),
           count(*) FILTER (WHERE EXISTS (SELECT 1 FROM parties p WHERE p.case_id = c.id AND p.person_id = person))
    FROM cases c WHERE current_office() = 'administrator' AND case_waits(c.state) $$;
  -- A fact in every case that now waits for another mediator, for the desk to see; in ascending case id, as chain heads are locked.
  CREATE FUNCTION raise_handover(person uuid, closed_by uuid, at timestamptz) RETURNS void LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
  DECLARE waiting uuid;
  BEGIN
    IF current_office() <> 'administrator' THEN RETURN; END IF;
    FOR waiting IN SELECT c.id FROM cases c WHERE case_waits(c.state) AND (c.mediator_id = person
        OR EXISTS (SELECT 1 FROM offers o WHERE o.case_id = c.id AND o.mediator_id = person AND o.answered_at IS NULL)) ORDER BY c.id LOOP
      PERFORM record_event(time_ordered_id(at), waiting, 'case.handover_raised', closed_by, 'administrator', at, '{}');
    END LOOP;
  END $$;
  -- UUIDv7 (RFC 9562) where PostgreSQL is older than 18: 48 bits of milliseconds, version, random bits.
  CREATE FUNCTION time_ordered_id(at timestamptz) RETURNS uuid LANGUAGE sql VOLATILE AS $$
    SELECT encode(set_bit(set_bit(overlay(uuid_send(gen_random_uuid())
      PLACING substring(int8send(floor(extract(epoch FROM at) * 1000)::bigint) FROM 3) FROM 1 FOR 6), 52, 1), 53, 1), 'hex')::uuid $$;
`;
