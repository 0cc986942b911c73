-- Those who can log in, where no identity provider knows them. Free for nodes of an earlier version, which
-- know nothing of it.
create table accounts (
  -- For a customer its customer_id.
  subject text primary key,
  -- In lower case.
  email text not null unique,
  role text not null check (role in ('storefront', 'customer', 'merchant', 'operator')),
  merchant_id text check ((merchant_id is not null) = (role = 'merchant')),
  -- Argon2id, with its parameters and salt.
  password_hash text not null,
  created_at timestamptz not null default now()
);
