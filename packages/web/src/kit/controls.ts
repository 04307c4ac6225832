export { Alert, Button, Checkbox, Drawer, Dropdown, Input, Modal, Progress, Radio, Segmented, Select, Skeleton } from 'antd';
export type { SelectProps } from 'antd';
