"""Frozen SQL of version 1: tables and indexes. Never edit what a release has shipped."""

STATEMENTS = """
CREATE TABLE attachment_content (
    sha256 VARCHAR(64) NOT NULL,
    content BLOB NOT NULL,
    thumbnail BLOB,
    CONSTRAINT pk_attachment_content PRIMARY KEY (sha256)
);
CREATE TABLE device (
    suffix VARCHAR NOT NULL,
    label VARCHAR NOT NULL,
    agent VARCHAR NOT NULL,
    id VARCHAR(36) NOT NULL,
    deleted BOOLEAN NOT NULL,
    CONSTRAINT pk_device PRIMARY KEY (id),
    CONSTRAINT ck_device_suffix CHECK (length(suffix) >= 2),
    CONSTRAINT uq_device_suffix UNIQUE (suffix)
);
CREATE TABLE directorate (
    code VARCHAR NOT NULL,
    name VARCHAR NOT NULL,
    position INTEGER NOT NULL,
    id VARCHAR(36) NOT NULL,
    deleted BOOLEAN NOT NULL,
    CONSTRAINT pk_directorate PRIMARY KEY (id)
);
CREATE TABLE enterprise (
    name VARCHAR NOT NULL,
    legal_form VARCHAR NOT NULL,
    siret VARCHAR NOT NULL,
    website VARCHAR NOT NULL,
    contact VARCHAR NOT NULL,
    id VARCHAR(36) NOT NULL,
    deleted BOOLEAN NOT NULL,
    CONSTRAINT pk_enterprise PRIMARY KEY (id)
);
CREATE TABLE journal (
    device VARCHAR(36) NOT NULL,
    seq INTEGER NOT NULL,
    hlc VARCHAR NOT NULL,
    author VARCHAR NOT NULL,
    entity VARCHAR NOT NULL,
    record_id VARCHAR(36) NOT NULL,
    op VARCHAR NOT NULL,
    changes JSON NOT NULL,
    CONSTRAINT pk_journal PRIMARY KEY (device, seq),
    CONSTRAINT ck_journal_op CHECK (op IN ('insert', 'update', 'delete'))
);
CREATE TABLE notebook (
    title VARCHAR NOT NULL,
    illustrative BOOLEAN NOT NULL,
    reference_date DATE,
    id VARCHAR(36) NOT NULL,
    deleted BOOLEAN NOT NULL,
    CONSTRAINT pk_notebook PRIMARY KEY (id)
);
CREATE TABLE programme (
    name VARCHAR NOT NULL,
    territory VARCHAR NOT NULL,
    operator VARCHAR NOT NULL,
    contract_reference VARCHAR NOT NULL,
    start_date DATE,
    end_date DATE,
    annual_budget DOUBLE,
    id VARCHAR(36) NOT NULL,
    deleted BOOLEAN NOT NULL,
    CONSTRAINT pk_programme PRIMARY KEY (id),
    CONSTRAINT ck_programme_start_date_end_date CHECK (start_date IS NULL OR end_date IS NULL OR
        start_date <= end_date),
    CONSTRAINT ck_programme_start_date_plausible CHECK (start_date IS NULL OR start_date BETWEEN
        '2000-01-01' AND '2099-12-31'),
    CONSTRAINT ck_programme_end_date_plausible CHECK (end_date IS NULL OR end_date BETWEEN
        '2000-01-01' AND '2099-12-31'),
    CONSTRAINT ck_programme_annual_budget CHECK (annual_budget IS NULL OR annual_budget >= 0)
);
CREATE TABLE site (
    name VARCHAR NOT NULL,
    type VARCHAR NOT NULL,
    address VARCHAR NOT NULL,
    postcode VARCHAR NOT NULL,
    commune VARCHAR NOT NULL,
    insee_code VARCHAR NOT NULL,
    finess VARCHAR NOT NULL,
    uai VARCHAR NOT NULL,
    siret VARCHAR NOT NULL,
    latitude DOUBLE,
    longitude DOUBLE,
    authority VARCHAR NOT NULL,
    id VARCHAR(36) NOT NULL,
    deleted BOOLEAN NOT NULL,
    CONSTRAINT pk_site PRIMARY KEY (id),
    CONSTRAINT ck_site_type CHECK (type IN ('ehpad', 'ime', 'sessad', 'esat', 'fam', 'eam', 'mas',
        'savs', 'samsah', 'college', 'mission_locale', 'association', 'ccas', 'third_place',
        'other')),
    CONSTRAINT ck_site_latitude CHECK (latitude IS NULL OR latitude BETWEEN -90 AND 90),
    CONSTRAINT ck_site_longitude CHECK (longitude IS NULL OR longitude BETWEEN -180 AND 180)
);
CREATE TABLE cohort (
    programme_id VARCHAR(36) NOT NULL,
    number INTEGER NOT NULL,
    label VARCHAR NOT NULL,
    start_date DATE,
    end_date DATE,
    id VARCHAR(36) NOT NULL,
    deleted BOOLEAN NOT NULL,
    CONSTRAINT pk_cohort PRIMARY KEY (id),
    CONSTRAINT ck_cohort_start_date_end_date CHECK (start_date IS NULL OR end_date IS NULL OR
        start_date <= end_date),
    CONSTRAINT ck_cohort_start_date_plausible CHECK (start_date IS NULL OR start_date BETWEEN
        '2000-01-01' AND '2099-12-31'),
    CONSTRAINT ck_cohort_end_date_plausible CHECK (end_date IS NULL OR end_date BETWEEN
        '2000-01-01' AND '2099-12-31'),
    CONSTRAINT ck_cohort_number CHECK (number > 0),
    CONSTRAINT fk_cohort_programme_id FOREIGN KEY(programme_id) REFERENCES programme (id)
);
CREATE TABLE experiment (
    code VARCHAR NOT NULL,
    cohort_id VARCHAR(36) NOT NULL,
    enterprise_id VARCHAR(36) NOT NULL,
    title VARCHAR NOT NULL,
    social_need VARCHAR NOT NULL,
    target_audience VARCHAR NOT NULL,
    phase VARCHAR NOT NULL,
    start_date DATE,
    end_date DATE,
    budget DOUBLE,
    sdg_tags VARCHAR NOT NULL,
    final_decision VARCHAR NOT NULL,
    id VARCHAR(36) NOT NULL,
    deleted BOOLEAN NOT NULL,
    CONSTRAINT pk_experiment PRIMARY KEY (id),
    CONSTRAINT ck_experiment_phase CHECK (phase IN ('selection', 'scoping', 'experimentation',
        'evaluation', 'implanted', 'stopped')),
    CONSTRAINT ck_experiment_start_date_end_date CHECK (start_date IS NULL OR end_date IS NULL OR
        start_date <= end_date),
    CONSTRAINT ck_experiment_start_date_plausible CHECK (start_date IS NULL OR start_date BETWEEN
        '2000-01-01' AND '2099-12-31'),
    CONSTRAINT ck_experiment_end_date_plausible CHECK (end_date IS NULL OR end_date BETWEEN
        '2000-01-01' AND '2099-12-31'),
    CONSTRAINT ck_experiment_budget CHECK (budget IS NULL OR budget >= 0),
    CONSTRAINT fk_experiment_cohort_id FOREIGN KEY(cohort_id) REFERENCES cohort (id),
    CONSTRAINT fk_experiment_enterprise_id FOREIGN KEY(enterprise_id) REFERENCES enterprise (id)
);
CREATE TABLE experiment_directorate (
    experiment_id VARCHAR(36) NOT NULL,
    directorate_id VARCHAR(36) NOT NULL,
    id VARCHAR(36) NOT NULL,
    deleted BOOLEAN NOT NULL,
    CONSTRAINT pk_experiment_directorate PRIMARY KEY (id),
    CONSTRAINT fk_experiment_directorate_experiment_id FOREIGN KEY(experiment_id) REFERENCES
        experiment (id),
    CONSTRAINT fk_experiment_directorate_directorate_id FOREIGN KEY(directorate_id) REFERENCES
        directorate (id)
);
CREATE TABLE experiment_site (
    experiment_id VARCHAR(36) NOT NULL,
    site_id VARCHAR(36) NOT NULL,
    id VARCHAR(36) NOT NULL,
    deleted BOOLEAN NOT NULL,
    CONSTRAINT pk_experiment_site PRIMARY KEY (id),
    CONSTRAINT fk_experiment_site_experiment_id FOREIGN KEY(experiment_id) REFERENCES experiment
        (id),
    CONSTRAINT fk_experiment_site_site_id FOREIGN KEY(site_id) REFERENCES site (id)
);
CREATE TABLE objective (
    experiment_id VARCHAR(36) NOT NULL,
    position INTEGER NOT NULL,
    statement VARCHAR NOT NULL,
    level VARCHAR NOT NULL,
    evaluation_question VARCHAR NOT NULL,
    id VARCHAR(36) NOT NULL,
    deleted BOOLEAN NOT NULL,
    CONSTRAINT pk_objective PRIMARY KEY (id),
    CONSTRAINT ck_objective_level CHECK (level IN ('output', 'outcome', 'impact')),
    CONSTRAINT ck_objective_evaluation_question CHECK (evaluation_question IN ('q1', 'q2', 'q3',
        'q4')),
    CONSTRAINT fk_objective_experiment_id FOREIGN KEY(experiment_id) REFERENCES experiment (id)
);
CREATE TABLE visit (
    reference VARCHAR NOT NULL,
    experiment_id VARCHAR(36) NOT NULL,
    site_id VARCHAR(36) NOT NULL,
    date DATE NOT NULL,
    start_time TIME,
    end_time TIME,
    remote BOOLEAN NOT NULL,
    author VARCHAR NOT NULL,
    participants VARCHAR NOT NULL,
    headcount INTEGER,
    purpose VARCHAR NOT NULL,
    context VARCHAR NOT NULL,
    notes VARCHAR NOT NULL,
    strengths VARCHAR NOT NULL,
    brakes VARCHAR NOT NULL,
    risks VARCHAR NOT NULL,
    limits VARCHAR NOT NULL,
    appreciation VARCHAR,
    state VARCHAR NOT NULL,
    validated_at DATETIME,
    validated_by VARCHAR NOT NULL,
    id VARCHAR(36) NOT NULL,
    deleted BOOLEAN NOT NULL,
    CONSTRAINT pk_visit PRIMARY KEY (id),
    CONSTRAINT ck_visit_state CHECK (state IN ('planned', 'draft', 'validated')),
    CONSTRAINT ck_visit_appreciation CHECK (appreciation IS NULL OR appreciation IN ('1', '2', '3',
        '4', 'nc')),
    CONSTRAINT ck_visit_start_time_end_time CHECK (start_time IS NULL OR end_time IS NULL OR
        start_time <= end_time),
    CONSTRAINT ck_visit_date_plausible CHECK (date IS NULL OR date BETWEEN '2000-01-01' AND
        '2099-12-31'),
    CONSTRAINT ck_visit_headcount CHECK (headcount IS NULL OR headcount >= 0),
    CONSTRAINT uq_visit_reference UNIQUE (reference),
    CONSTRAINT fk_visit_experiment_id FOREIGN KEY(experiment_id) REFERENCES experiment (id),
    CONSTRAINT fk_visit_site_id FOREIGN KEY(site_id) REFERENCES site (id)
);
CREATE TABLE finding (
    visit_id VARCHAR(36) NOT NULL,
    position INTEGER NOT NULL,
    evaluation_question VARCHAR NOT NULL,
    kind VARCHAR NOT NULL,
    polarity VARCHAR NOT NULL,
    intended BOOLEAN NOT NULL,
    intensity INTEGER,
    audience VARCHAR NOT NULL,
    source_type VARCHAR,
    text VARCHAR NOT NULL,
    id VARCHAR(36) NOT NULL,
    deleted BOOLEAN NOT NULL,
    CONSTRAINT pk_finding PRIMARY KEY (id),
    CONSTRAINT ck_finding_evaluation_question CHECK (evaluation_question IN ('q1', 'q2', 'q3',
        'q4')),
    CONSTRAINT ck_finding_kind CHECK (kind IN ('fact', 'reported', 'interpretation')),
    CONSTRAINT ck_finding_polarity CHECK (polarity IN ('positive', 'neutral', 'negative')),
    CONSTRAINT ck_finding_source_type CHECK (source_type IS NULL OR source_type IN ('observation',
        'interview', 'group', 'questionnaire', 'document')),
    CONSTRAINT ck_finding_intensity CHECK (intensity IS NULL OR intensity BETWEEN 1 AND 3),
    CONSTRAINT fk_finding_visit_id FOREIGN KEY(visit_id) REFERENCES visit (id)
);
CREATE TABLE follow_up (
    visit_id VARCHAR(36),
    experiment_id VARCHAR(36) NOT NULL,
    what VARCHAR NOT NULL,
    who VARCHAR NOT NULL,
    due_date DATE,
    done_date DATE,
    id VARCHAR(36) NOT NULL,
    deleted BOOLEAN NOT NULL,
    CONSTRAINT pk_follow_up PRIMARY KEY (id),
    CONSTRAINT ck_follow_up_due_date_plausible CHECK (due_date IS NULL OR due_date BETWEEN
        '2000-01-01' AND '2099-12-31'),
    CONSTRAINT ck_follow_up_done_date_plausible CHECK (done_date IS NULL OR done_date BETWEEN
        '2000-01-01' AND '2099-12-31'),
    CONSTRAINT fk_follow_up_visit_id FOREIGN KEY(visit_id) REFERENCES visit (id),
    CONSTRAINT fk_follow_up_experiment_id FOREIGN KEY(experiment_id) REFERENCES experiment (id)
);
CREATE TABLE indicator (
    objective_id VARCHAR(36) NOT NULL,
    position INTEGER NOT NULL,
    code VARCHAR NOT NULL,
    label VARCHAR NOT NULL,
    definition VARCHAR NOT NULL,
    formula VARCHAR NOT NULL,
    numerator VARCHAR NOT NULL,
    denominator VARCHAR NOT NULL,
    unit VARCHAR NOT NULL,
    value_type VARCHAR NOT NULL,
    direction VARCHAR NOT NULL,
    aggregation VARCHAR NOT NULL,
    scale_min DOUBLE,
    scale_max DOUBLE,
    source VARCHAR NOT NULL,
    method VARCHAR NOT NULL,
    frequency VARCHAR NOT NULL,
    baseline_value DOUBLE,
    baseline_date DATE,
    target_value DOUBLE,
    target_date DATE,
    owner VARCHAR NOT NULL,
    disaggregation VARCHAR NOT NULL,
    categories JSON NOT NULL,
    limits VARCHAR NOT NULL,
    version INTEGER NOT NULL,
    id VARCHAR(36) NOT NULL,
    deleted BOOLEAN NOT NULL,
    CONSTRAINT pk_indicator PRIMARY KEY (id),
    CONSTRAINT ck_indicator_value_type CHECK (value_type IN ('number', 'percentage', 'scale',
        'yes_no', 'qualitative')),
    CONSTRAINT ck_indicator_direction CHECK (direction IN ('up', 'down', 'keep')),
    CONSTRAINT ck_indicator_aggregation CHECK (aggregation IN ('additive', 'latest', 'mean',
        'ratio')),
    CONSTRAINT ck_indicator_frequency CHECK (frequency IN ('session', 'weekly', 'monthly',
        'quarterly', 'half_yearly', 'wave', 'once')),
    CONSTRAINT ck_indicator_baseline_date_target_date CHECK (baseline_date IS NULL OR target_date
        IS NULL OR baseline_date <= target_date),
    CONSTRAINT ck_indicator_baseline_date_plausible CHECK (baseline_date IS NULL OR baseline_date
        BETWEEN '2000-01-01' AND '2099-12-31'),
    CONSTRAINT ck_indicator_target_date_plausible CHECK (target_date IS NULL OR target_date BETWEEN
        '2000-01-01' AND '2099-12-31'),
    CONSTRAINT ck_indicator_scale CHECK (value_type <> 'scale' OR (scale_min IS NOT NULL AND
        scale_max IS NOT NULL AND scale_min < scale_max)),
    CONSTRAINT ck_indicator_reference_in_scale CHECK (value_type <> 'scale' OR ((baseline_value IS
        NULL OR baseline_value BETWEEN scale_min AND scale_max) AND (target_value IS NULL OR
        target_value BETWEEN scale_min AND scale_max))),
    CONSTRAINT ck_indicator_version CHECK (version >= 1),
    CONSTRAINT fk_indicator_objective_id FOREIGN KEY(objective_id) REFERENCES objective (id)
);
CREATE TABLE attachment (
    visit_id VARCHAR(36) NOT NULL,
    finding_id VARCHAR(36),
    kind VARCHAR NOT NULL,
    filename VARCHAR NOT NULL,
    media_type VARCHAR NOT NULL,
    sha256 VARCHAR(64) NOT NULL,
    size INTEGER NOT NULL,
    width INTEGER,
    height INTEGER,
    caption VARCHAR NOT NULL,
    id VARCHAR(36) NOT NULL,
    deleted BOOLEAN NOT NULL,
    CONSTRAINT pk_attachment PRIMARY KEY (id),
    CONSTRAINT ck_attachment_kind CHECK (kind IN ('photo', 'document')),
    CONSTRAINT ck_attachment_size CHECK (size >= 0),
    CONSTRAINT ck_attachment_sha256 CHECK (length(sha256) = 64),
    CONSTRAINT fk_attachment_visit_id FOREIGN KEY(visit_id) REFERENCES visit (id),
    CONSTRAINT fk_attachment_finding_id FOREIGN KEY(finding_id) REFERENCES finding (id)
);
CREATE TABLE measurement (
    indicator_id VARCHAR(36) NOT NULL,
    indicator_version INTEGER NOT NULL,
    site_id VARCHAR(36) NOT NULL,
    visit_id VARCHAR(36),
    date DATE NOT NULL,
    wave VARCHAR,
    status VARCHAR NOT NULL,
    value DOUBLE,
    n INTEGER,
    category VARCHAR NOT NULL,
    reliability VARCHAR,
    comment VARCHAR NOT NULL,
    id VARCHAR(36) NOT NULL,
    deleted BOOLEAN NOT NULL,
    CONSTRAINT pk_measurement PRIMARY KEY (id),
    CONSTRAINT ck_measurement_status CHECK (status IN ('observed', 'not_observed',
        'not_applicable')),
    CONSTRAINT ck_measurement_wave CHECK (wave IS NULL OR wave IN ('t0', 't1', 't2')),
    CONSTRAINT ck_measurement_reliability CHECK (reliability IS NULL OR reliability IN ('low',
        'medium', 'high')),
    CONSTRAINT ck_measurement_date_plausible CHECK (date IS NULL OR date BETWEEN '2000-01-01' AND
        '2099-12-31'),
    CONSTRAINT ck_measurement_n CHECK (n IS NULL OR n >= 0),
    CONSTRAINT ck_measurement_value_observed CHECK (status = 'observed' OR value IS NULL),
    CONSTRAINT fk_measurement_indicator_id FOREIGN KEY(indicator_id) REFERENCES indicator (id),
    CONSTRAINT fk_measurement_site_id FOREIGN KEY(site_id) REFERENCES site (id),
    CONSTRAINT fk_measurement_visit_id FOREIGN KEY(visit_id) REFERENCES visit (id)
);
CREATE INDEX ix_journal_hlc ON journal (hlc);
CREATE INDEX ix_journal_record_id_hlc ON journal (record_id, hlc);
CREATE INDEX ix_cohort_programme_id ON cohort (programme_id);
CREATE INDEX ix_experiment_cohort_id ON experiment (cohort_id);
CREATE INDEX ix_experiment_enterprise_id ON experiment (enterprise_id);
CREATE UNIQUE INDEX uq_experiment_code ON experiment (code) WHERE NOT deleted;
CREATE INDEX ix_experiment_directorate_directorate_id ON experiment_directorate (directorate_id);
CREATE INDEX ix_experiment_directorate_experiment_id ON experiment_directorate (experiment_id);
CREATE INDEX ix_experiment_site_experiment_id ON experiment_site (experiment_id);
CREATE INDEX ix_experiment_site_site_id ON experiment_site (site_id);
CREATE INDEX ix_objective_experiment_id ON objective (experiment_id);
CREATE INDEX ix_visit_list_date ON visit (date, reference, state, experiment_id, site_id, deleted);
CREATE INDEX ix_visit_list_experiment ON visit (experiment_id, date, reference, state, site_id,
    deleted);
CREATE INDEX ix_visit_list_reference ON visit (reference, date, state, experiment_id, site_id,
    deleted);
CREATE INDEX ix_visit_list_site ON visit (site_id, date, reference, state, experiment_id, deleted);
CREATE INDEX ix_visit_list_state ON visit (state, date, reference, experiment_id, site_id,
    deleted);
CREATE INDEX ix_finding_visit_id_deleted ON finding (visit_id, deleted);
CREATE INDEX ix_follow_up_due_date ON follow_up (due_date) WHERE NOT deleted;
CREATE INDEX ix_follow_up_experiment_id ON follow_up (experiment_id);
CREATE INDEX ix_follow_up_visit_id ON follow_up (visit_id);
CREATE INDEX ix_indicator_objective_id ON indicator (objective_id);
CREATE INDEX ix_attachment_finding_id ON attachment (finding_id);
CREATE INDEX ix_attachment_sha256 ON attachment (sha256);
CREATE INDEX ix_attachment_visit_id ON attachment (visit_id);
CREATE INDEX ix_measurement_baseline ON measurement (indicator_id, site_id, date, value, wave,
    visit_id, deleted) WHERE NOT deleted AND value IS NOT NULL AND wave = 't0';
CREATE INDEX ix_measurement_date ON measurement (date, visit_id, deleted) WHERE NOT deleted AND
    value IS NOT NULL;
CREATE INDEX ix_measurement_indicator_id ON measurement (indicator_id);
CREATE INDEX ix_measurement_results ON measurement (indicator_id, site_id, category, date, value,
    n, wave, visit_id, deleted) WHERE NOT deleted AND value IS NOT NULL AND (wave IS NULL OR
    wave <> 't0');
CREATE INDEX ix_measurement_site_id ON measurement (site_id);
CREATE INDEX ix_measurement_visit_id_deleted ON measurement (visit_id, deleted);
CREATE UNIQUE INDEX uq_measurement_cell ON measurement (visit_id, indicator_id, category) WHERE NOT
    deleted AND visit_id IS NOT NULL
"""
