// Choosing a role.
import type { Role } from '../base/model';
import { t } from './words';

const kRoles: readonly Role[] = ['duty', 'admin', 'auditor', 'commander', 'reporter'];

export function RoleField({ value, onRole }: { value: Role; onRole: (role: Role) => void }) {
  return (
    <label class="narrow"><span class="name">{t('role')}</span>
      <select value={value} onChange={(event) => onRole(kRoles.find((role) => role === event.currentTarget.value) ?? 'duty')}>
        {kRoles.map((role) => <option key={role} value={role}>{t(`role_${role}`)}</option>)}
      </select></label>
  );
}
